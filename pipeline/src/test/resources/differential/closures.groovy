// Closures, methods and their arguments.
=== implicit it
def f = { it * 2 }; f(4)
=== it is null without an argument
def f = { it }; f()
=== no parameters
def f = { -> 5 }; f()
=== no parameters takes none
def f = { -> 5 }; f(1)
=== too many arguments
def f = { a -> a }; f(1, 2)
=== too few arguments
def f = { a, b -> a }; f(1)
=== call
def f = { a -> a + 1 }; [f.call(1), f(2)]
=== default of a closure parameter
def f = { a, b = 5 -> a + b }; [f(1), f(1, 2)]
=== typed parameters
def f = { int a, String b -> b * a }; f(2, 'x')
=== varargs
def f = { Object... xs -> xs.size() }; [f(), f(1), f(1, 2)]
=== list is spread over parameters
def f = { a, b -> a + b }; f([1, 2])
=== last statement is the value
def f = { if (it) { 'yes' } else { 'no' } }; [f(1), f(0)]
=== return leaves the closure only
def l = [1, 2, 3].collect { if (it == 2) { return 'two' }; it }; l
=== closes over variables
def n = 0; def inc = { n++ }; inc(); inc(); n
=== each closure has its own loop variable
def fs = []; for (i in 1..3) { fs << { i } }; fs.collect { it() }
=== C style loop shares its variable
def fs = []; for (int i = 0; i < 3; i++) { fs << { i } }; fs.collect { it() }
=== closure returns a closure
def add = { a -> { b -> a + b } }; add(1)(2)
=== recursion by a variable
def f; f = { n -> n <= 1 ? 1 : n * f(n - 1) }; f(5)
=== curry
def f = { a, b, c -> "$a$b$c".toString() }; [f.curry(1)(2, 3), f.rcurry(9)(1, 2), f.ncurry(1, 5)(1, 3)]
=== composition
def f = { it + 1 }; def g = { it * 10 }; [(f >> g)(1), (f << g)(1)]
=== memoize
def n = 0; def f = { n++; it * 2 }.memoize(); [f(2), f(2), n]
=== trampoline
def f; f = { n, acc -> n <= 0 ? acc : f.trampoline(n - 1, acc + n) }; f = f.trampoline(); f(10, 0)
=== closure as the last argument
def twice(f) { f() + f() }
twice { 5 }
=== closure with arguments before
def run(x, f) { f(x) }
run(3) { it * 2 }
=== method with default arguments
def f(a, b = 2, c = a + b) { [a, b, c] }
[f(1), f(1, 5), f(1, 5, 9)]
=== method with a default in front
def f(a = 1, b) { [a, b] }
[f(2), f(3, 4)]
=== overloads by count
def f(a) { 'one' }
def f(a, b) { 'two' }
[f(1), f(1, 2)]
=== overloads by type
def f(String a) { 'text' }
def f(Integer a) { 'number' }
[f('x'), f(1)]
=== varargs of a method
def f(String a, Object... rest) { a + rest.size() }
[f('x'), f('x', 1), f('x', 1, 2)]
=== array parameter
def f(String[] a) { a.length }
f('a', 'b')
=== typed method return
int f() { 3.7 }
f()
=== typed String return
String f() { "a${1}" }
f()
=== void method
void f() { 5 }
f()
=== boolean return coerces
boolean f() { 'x' }
f()
=== method does not see locals
def x = 1
def f() { x }
f()
=== method sees script variables
x = 1
def f() { x + 1 }
f()
=== return in the middle
def f(n) { if (n > 1) return 'big'; 'small' }
[f(1), f(2)]
=== return without a value
def f() { return }
f()
=== missing method
fooBar(1)
=== missing variable
fooBar + 1
=== wrong argument count of a method
def f(a) { a }
f(1, 2, 3)
=== one missing argument is null
def f(a) { a }
f()
=== wrong type of an argument
def f(Integer a) { a }
f('x')
=== closure arity
[{ -> 1 }.maximumNumberOfParameters, { 1 }.maximumNumberOfParameters, { a, b -> 1 }.maximumNumberOfParameters]
=== method pointer
def f = 'abc'.&toUpperCase; f()
=== method pointer of the script
def f(x) { x * 2 }
[1, 2].collect(this.&f)
=== method reference
['a', 'b'].collect(String::toUpperCase)
=== delegate
def c = { size() }; c.delegate = 'abc'; c.resolveStrategy = Closure.DELEGATE_FIRST; c()
=== with
'abc'.with { length() + it.size() }
=== with on a map
[a: 1].with { a + 1 }
=== tap
[].tap { add(1); add(2) }
=== closure in a map as an object
def o = [n: 0]; o.inc = { o.n++ }; o.inc(); o.inc(); o.n
=== shadowing of it
[1, 2].collect { x -> [3].collect { it * x } }
=== nested it
[[1, 2], [3]].collect { it.collect { it * 2 } }
=== closure in a ternary
def f = true ? { 1 } : { 2 }; f()
=== immediate call
({ it + 1 })(4)
=== immediate call by call
{ -> 7 }.call()
=== collect with an index closure of two
[[1, 2], [3, 4]].collect { a, b -> a * b }
=== each over pairs with types
def s = 0; [[1, 2], [3, 4]].each { int a, int b -> s += a * b }; s
=== two parameters and a single item
[1].collect { a, b -> b }
=== closure stored and passed
def apply = { f, x -> f(x) }; apply({ it * 3 }, 4)
=== closure with a map argument
def f = { Map m -> m.a }; f(a: 5)
=== closure with named and positional
def f = { Map m, x -> "$m.a$x".toString() }; f(1, a: 5)
=== identity
({ it } << { it + 1 })(1)
=== closure variables are not visible outside
def f = { def inner = 1 }; f(); try { inner } catch (MissingPropertyException e) { 'unknown' }
=== variables of a block end with it
if (true) { def q = 1 }
try { q } catch (MissingPropertyException e) { 'unknown' }
=== implicit call of a property closure
x = { it + 1 }
x(1)
=== lambda
def f = (a, b) -> a + b; f(1, 2)
=== lambda with a block
def f = a -> { a * 2 }; f(4)
=== lambda without parameters
def f = () -> 9; f()
=== recursion of a method
def fib(n) { n < 2 ? n : fib(n - 1) + fib(n - 2) }
fib(12)
=== mutual recursion
def even(n) { n == 0 ? true : odd(n - 1) }
def odd(n) { n == 0 ? false : even(n - 1) }
even(10)
=== sort by a method pointer
def len(s) { s.size() }
['bbb', 'a'].sort(this.&len)
=== safe call of a closure
def f = null; f?.call(1)
=== call a null closure
def f = null; f()
=== call on something that is no closure
def f = 5; f(1)
=== inject with a closure variable
def add = { a, b -> a + b }; [1, 2, 3].inject(0, add)
=== collectEntries with a closure variable
def f = { k, v -> [k.toUpperCase(), v] }; [a: 1].collectEntries(f)
=== argument evaluation order
def l = []; def f = { a, b -> l }; f(l << 1, l << 2)
=== named arguments keep their order
def f(Map m) { m.keySet().join() }
f(z: 1, a: 2)
=== string call of a method
def f() { 5 }
"f"()
=== dynamic method name
def n = 'size'; [1, 2]."$n"()
=== parameter is reassigned
def f(a) { a = a + 1; a }
def x = 1; [f(x), x]
=== list parameter is shared
def f(l) { l << 1 }
def x = []; f(x); x
=== final variables
final int a = 5; a + 1
