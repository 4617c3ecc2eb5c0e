// expect: ?
use(File) { '/etc/passwd'.text }
