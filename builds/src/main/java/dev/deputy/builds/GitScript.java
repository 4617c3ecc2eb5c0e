package dev.deputy.builds;

/**
 * What the agent runs to check a repository out. It reads its wishes from variables, tells people
 * on standard error how it goes, and prints the commit, the branch and the local branch.
 */
final class GitScript {
  private GitScript() {}

  static final String TEXT =
      """
      set -eu
      command -v git >/dev/null 2>&1 || exit 127
      unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
      export GIT_ALLOW_PROTOCOL="$DEPUTY_PROTOCOLS"
      export GIT_TERMINAL_PROMPT=0
      say() { printf '%s\\n' "$*" >&2; }
      wanted() { eval "[ -n \\"\\${DEPUTY_$1:-}\\" ]"; }

      if wanted WIPE && ! wanted OWN; then
        say "Wiping out workspace first."
        find . -mindepth 1 -maxdepth 1 -exec rm -rf -- {} +
      fi
      if [ -d .git ]; then
        rm -f .git/index.lock
        wanted OWN || say "Fetching changes from the remote Git repository"
        if wanted CLEAN_BEFORE; then
          say "Cleaning workspace"
          git rev-parse --verify --quiet HEAD >/dev/null && git reset --hard --quiet
          git clean -ffdx --quiet
        fi
      else
        say "Cloning the remote Git repository"
        git init --quiet .
      fi
      if wanted USER_NAME; then git config user.name "$DEPUTY_USER_NAME"; fi
      if wanted USER_EMAIL; then git config user.email "$DEPUTY_USER_EMAIL"; fi

      fetch() { # remote url refspecs
        git config "remote.$1.url" "$2"
        git config --unset-all "remote.$1.fetch" || true
        for spec in $3; do git config --add "remote.$1.fetch" "$spec"; done
        wanted OWN && return 0
        say "Fetching upstream changes from $2"
        set -- --quiet --force --update-head-ok "$1"
        if wanted NO_TAGS; then set -- --no-tags "$@"; else set -- --tags "$@"; fi
        if wanted DEPTH; then set -- "--depth=$DEPUTY_DEPTH" "$@"; fi
        if wanted PRUNE; then set -- --prune "$@"; fi
        if wanted PRUNE_TAGS; then set -- --prune --prune-tags "$@"; fi
        git fetch "$@" >&2
      }
      set -f # refspecs have stars
      number=0
      while [ "$number" -lt "$DEPUTY_REMOTES" ]; do
        eval "fetch \\"\\$DEPUTY_REMOTE_$number\\" \\"\\$DEPUTY_URL_$number\\" \\"\\$DEPUTY_REFSPEC_$number\\""
        number=$((number + 1))
      done

      commit=""
      find_commit() { # branch
        name=$1
        remote=$DEPUTY_REMOTE_0
        case $name in
          refs/heads/*) name=${name#refs/heads/} ;;
          refs/remotes/*) name=${name#refs/remotes/}; remote=${name%%/*}; name=${name#*/} ;;
          remotes/*) name=${name#remotes/}; remote=${name%%/*}; name=${name#*/} ;;
          '*/'*) name=${name#'*/'} ;;
          "$remote"/*) name=${name#"$remote"/} ;;
        esac
        case $name in
          *'*'*)
            ref=$(git for-each-ref --count=1 --sort=-committerdate --format='%(refname)' "refs/remotes/$remote/$name")
            if [ -n "$ref" ]; then commit=$(git rev-parse --verify --quiet "$ref^{commit}"); fi
            branch=${ref#refs/remotes/}
            ;;
          *)
            for ref in "refs/remotes/$remote/$name" "refs/tags/${name#refs/tags/}" "$name"; do
              commit=$(git rev-parse --verify --quiet "$ref^{commit}") && break
              commit=""
            done
            case $ref in
              refs/remotes/*) branch=${ref#refs/remotes/} ;;
              refs/tags/*) branch=${ref#refs/tags/} ;;
              *) branch=detached ;;
            esac
            ;;
        esac
      }
      IFS='
      '
      for wish in $DEPUTY_BRANCHES; do
        find_commit "$wish"
        [ -n "$commit" ] && break
      done
      unset IFS
      if [ -z "$commit" ]; then
        say "ERROR: Couldn't find any revision to build. Verify the repository and branch configuration for this job."
        exit 1
      fi

      say "Checking out Revision $commit ($branch)"
      if wanted SPARSE; then
        printf '%s\\n' "$DEPUTY_SPARSE" | git sparse-checkout set --no-cone --stdin >&2
      fi
      local=""
      if wanted MERGE; then
        git -c advice.detachedHead=false checkout --force --quiet "refs/remotes/$DEPUTY_MERGE" -- >&2
        say "Merging Revision $commit to $DEPUTY_MERGE"
        git merge --quiet "$commit" >&2
      elif wanted LOCAL_BRANCH; then
        local=$DEPUTY_LOCAL_BRANCH
        if [ "$local" = '**' ]; then local=${branch#*/}; fi
        git checkout --force --quiet -B "$local" "$commit" -- >&2
      else
        git -c advice.detachedHead=false checkout --force --quiet "$commit" -- >&2
      fi
      say "Commit message: \\"$(git log -1 --format=%s)\\""
      if wanted CLEAN_AFTER; then
        say "Cleaning workspace"
        git clean -ffdx --quiet
      fi
      if wanted LFS; then git lfs pull "$DEPUTY_REMOTE_0" >&2; fi
      if wanted SUBMODULES; then
        set -- --init
        if wanted SUBMODULES_RECURSIVE; then set -- "$@" --recursive; fi
        if wanted SUBMODULES_REMOTE; then set -- "$@" --remote; fi
        if wanted SUBMODULES_DEPTH; then set -- "$@" "--depth=$DEPUTY_SUBMODULES_DEPTH"; fi
        git submodule --quiet sync --recursive >&2
        git submodule --quiet update "$@" >&2
      fi
      git rev-parse HEAD
      printf '%s\\n%s\\n' "$branch" "$local"
      """;
}
