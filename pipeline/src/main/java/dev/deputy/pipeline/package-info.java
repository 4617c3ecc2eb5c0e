/**
 * The Jenkinsfile language: parse, check, model, interpret. Publishes its model and its step port
 * ({@link dev.deputy.pipeline.PipelineHost}) free of Groovy types.
 *
 * <h2>From text to a run</h2>
 *
 * <p>{@link dev.deputy.pipeline.Jenkinsfiles#parse} gives a {@link dev.deputy.pipeline.Pipeline} or
 * a list of problems; {@link dev.deputy.pipeline.Pipeline#run(PipelineHost)} interprets it. A
 * pipeline is never compiled and never becomes a class: it is a tree of this package's own records
 * that {@code Interpreter} walks, with a budget. {@code LANGUAGE.md} in this module says what of
 * Groovy and of Jenkins' syntax there is.
 *
 * <h2>Which steps the host sees</h2>
 *
 * <p>Besides the steps of its own catalogue the host is called for the blocks that a pipeline
 * consists of. It has to know these names, whether or not its catalogue lists them. All of them
 * have a body, except {@code checkout} and {@code input}.
 *
 * <table>
 * <caption>Steps that the interpreter calls by itself</caption>
 * <tr><th>step</th><th>arguments</th><th>comes from</th></tr>
 * <tr><td>{@code stage}</td><td>{@code name}</td><td>each stage, skipped ones too; {@code
 *     Declarative: Checkout SCM} and {@code Declarative: Post Actions}</td></tr>
 * <tr><td>{@code node}</td><td>{@code label}, a label expression; absent for {@code agent any}
 *     </td><td>{@code agent}; never for {@code agent none}</td></tr>
 * <tr><td>{@code checkout}</td><td>{@code scm}, the map {@code ["$class": "scm"]}: the source the
 *     job came from</td><td>first in each {@code agent}, unless {@code skipDefaultCheckout}; its
 *     value, if it is a non-empty map, becomes a {@code withEnv} around the rest</td></tr>
 * <tr><td>{@code withEnv}</td><td>{@code overrides}, a list of {@code "NAME=value"}</td><td>{@code
 *     environment}, values of an {@code input}</td></tr>
 * <tr><td>{@code timeout}</td><td>{@code time}, {@code unit}, {@code activity}</td><td>{@code
 *     options}</td></tr>
 * <tr><td>{@code retry}</td><td>{@code count}</td><td>{@code options}</td></tr>
 * <tr><td>{@code timestamps}</td><td></td><td>{@code options}</td></tr>
 * <tr><td>{@code input}</td><td>{@code message}, {@code id}, {@code ok}, {@code submitter}, {@code
 *     submitterParameter}, {@code parameters} (a list of maps with {@code $class}, {@code name},
 *     …); of a stage also {@code forAgent}, which no file can give: the label expression of the
 *     stage's own agent, empty for any, null where it depends on the answer; absent where the stage
 *     has none</td><td>{@code input}; its value as in Jenkins: null, the one value, or a map</td></tr>
 * <tr><td>{@code script}</td><td></td><td>{@code script} blocks</td></tr>
 * <tr><td>{@code parallel}</td><td>{@code branches}, a list of names; {@code failFast}</td>
 *     <td>{@code parallel}, declarative and scripted; the body runs all branches and returns a map
 *     from branch name to value</td></tr>
 * <tr><td>{@code parallelBranch}</td><td>{@code name}</td><td>around each branch, inside {@code
 *     parallel}'s body, on the branch's own thread and {@link dev.deputy.pipeline.Branch}</td></tr>
 * </table>
 *
 * <p>The host's scopes carry what Jenkins' variables do: inside {@code stage} the environment has
 * {@code STAGE_NAME}; the root scope has the build's variables and its parameters; {@code env.X =}
 * arrives as {@link dev.deputy.pipeline.PipelineHost#setEnvironment} and must show in every scope
 * that does not override X.
 *
 * <p>A console in Jenkins' form comes of printing, for each step with a body, {@code [Pipeline]
 * name} and {@code [Pipeline] {} before and {@code [Pipeline] }} and {@code [Pipeline] // name}
 * after; {@code stage} has its name behind the brace, {@code { (Deploy)}; {@code parallel} prints
 * no braces; {@code parallelBranch} prints only {@code { (Branch: x)} and {@code }}. {@link
 * dev.deputy.pipeline.PipelineHost#stageSkipped} comes inside the body of the stage's {@code stage}
 * step: {@code Stage "x" skipped due to } and the reason. {@link
 * dev.deputy.pipeline.PipelineHost#say} brings the other lines, as they are.
 *
 * <p>Nested as in Jenkins, from the outside in: for the pipeline {@code node}, {@code stage
 * (Checkout SCM)}, {@code withEnv}, the options' steps, the stages, {@code stage (Post Actions)};
 * for a stage {@code stage}, the options' steps, {@code input}, {@code node}, {@code checkout},
 * {@code withEnv}, then the steps, the nested stages or {@code parallel}, then {@code post}. Where
 * a stage's {@code when} can be answered without an agent it is answered before {@code node}: it
 * calls no step that needs an agent, also not in methods of the file, and names no variable that
 * comes with an agent or its checkout ({@code GIT_…}, {@code NODE_…}, {@code WORKSPACE}, {@code
 * AWS_…} and the like).
 *
 * <h2>Bodies and exceptions</h2>
 *
 * <p>A body runs on the thread that called the step, which holds the baton. Whatever pipeline code
 * throws comes out of {@link dev.deputy.pipeline.StepCall.Body#run} as a {@link
 * dev.deputy.pipeline.PipelineException}. A step with a body hands on what it does not handle, the
 * very same object, and never swallows {@link dev.deputy.pipeline.PipelineException.Denied}; if it
 * does, the interpreter throws it again. Any other exception is a fault, or a budget that ran out,
 * and must be handed on too.
 */
@NullMarked
package dev.deputy.pipeline;

import org.jspecify.annotations.NullMarked;
