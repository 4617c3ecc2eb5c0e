// Statements, exceptions, truth and operators that decide.
=== if else if
def f(n) { if (n > 5) { 'big' } else if (n > 2) { 'mid' } else { 'low' } }
[f(9), f(3), f(0)]
=== value of an if
if (true) { 5 } else { 6 }
=== value of an if that is not taken
if (false) { 5 }
=== while
def i = 0; while (i < 3) { i++ }; i
=== do while
def i = 9; do { i++ } while (i < 3); i
=== break and continue
def l = []; for (i in 1..9) { if (i == 2) continue; if (i == 5) break; l << i }; l
=== nested break
def l = []; for (i in 1..3) { for (j in 1..3) { if (j == 2) break; l << i * 10 + j } }; l
=== labelled break
def l = []
outer: for (i in 1..3) { for (j in 1..3) { if (j == 2) break outer; l << i * 10 + j } }
l
=== labelled continue
def l = []
outer: for (i in 1..3) { for (j in 1..3) { if (j == 2) continue outer; l << i * 10 + j } }
l
=== C loop
def l = []; for (int i = 0, j = 9; i < 3; i++, j--) { l << i + j }; l
=== for over a list with a type
def s = ''; for (String x : ['a', 'b']) { s += x }; s
=== for over null
def l = []; for (x in null) { l << x }; l
=== for over a number
def l = []; for (x in 5) { l << x }; l
=== switch falls through
def l = []; switch (1) { case 1: l << 1; case 2: l << 2; break; case 3: l << 3 }; l
=== switch default in front
switch (5) { case 1: return 'a'; default: return 'd' }
=== switch by type
def f(x) { switch (x) { case Integer: return 'int'; case String: return 'text'; case List: return 'list'; case null: return 'null'; default: return 'other' } }
[f(1), f('a'), f([1]), f(null), f([a: 1])]
=== switch by range
switch (5) { case 1..3: return 'low'; case 4..6: return 'mid' }
=== switch by list
switch ('b') { case ['a', 'b']: return 'ab'; default: return 'no' }
=== switch by closure
switch (7) { case { it > 5 }: return 'big'; default: return 'small' }
=== switch by pattern
switch ('abc') { case ~/a.*/: return 'a'; default: return 'no' }
=== switch of numbers of other types
switch (1L) { case 1: return 'one'; default: return 'no' }
=== switch of a GString
switch ("a${1}") { case 'a1': return 'yes'; default: return 'no' }
=== switch expression with arrows
def x = 2; def r = switch (x) { case 1 -> 'one'; case 2, 3 -> 'few'; default -> 'many' }; r
=== value of a switch statement
def f(x) { switch (x) { case 1: 'one'; break; default: 'other' } }
[f(1), f(2)]
=== ternary
[1 > 0 ? 'a' : 'b', null ? 1 : 2]
=== elvis
[null ?: 'd', '' ?: 'd', 'x' ?: 'd', 0 ?: 5, [] ?: [1]]
=== elvis assignment
def a = null; a ?= 5; a ?= 6; a
=== safe navigation
def n = null; [n?.length(), n?.a?.b, 'abc'?.length()]
=== safe index
def n = null; [n?[0], [1, 2]?[1]]
=== null call
def n = null; n.foo()
=== null property
def n = null; n.foo
=== null index
def n = null; n[0]
=== null set
def n = null; n.foo = 1
=== null is a value
[null == null, null == 1, null.toString(), null == false, "${null}".toString()]
=== null compared
[null < 1, 1 > null, null <=> null, null <=> 1]
=== and or not
[true && false, true || false, !true, 1 && 'a', 0 || '', !0, !'x']
=== short circuit
def n = 0; def f = { n++; true }; false && f(); true || f(); n
=== boolean operators without short circuit
[true & false, true | false, true ^ true]
=== implies
[true.implies(false), false.implies(true)]
=== boolean compound
def b = true; b &= false; b |= true; b ^= true; b
=== in and not in
[1 in [1, 2], 3 !in [1], 'a' in [a: 1], 'x' in 'x', null in [null], 2 in 1..3]
=== in with a class
[1 in Integer, 'a' in Integer]
=== instanceof
[1 instanceof Integer, 1 instanceof Number, 'a' instanceof String, null instanceof String, [] instanceof List, [:] instanceof Map, 1 !instanceof String]
=== spaceship
['a' <=> 'b', 2 <=> 1, [1] == [1], true <=> false]
=== identity
def l = [1]; def m = l; [l.is(m), l.is([1]), l === m, l !== [1]]
=== comparison of different types
1 < 'a'
=== comparison of a list
[1] < [2]
=== equality of different types
[1 == 'a', 'a' == 1, [] == '', null == '', true == 1, [a: 1] == [1]]
=== try catch
try { 1 / 0 } catch (ArithmeticException e) { e.message }
=== try value
def r = 0; try { r = 5 } finally { r++ }; r
=== finally runs after return
def l = []
def f(l) { try { return 'a' } finally { l << 'f' } }
[f(l), l]
=== return in finally wins
def f() { try { return 'a' } finally { return 'b' } }
f()
=== return in finally swallows
def f() { try { throw new RuntimeException('x') } finally { return 'b' } }
f()
=== exception in finally wins
try { throw new RuntimeException('a') } finally { throw new IllegalStateException('b') }
=== break in finally
def n = 0; for (i in 1..3) { try { n++ } finally { if (i == 2) break } }; n
=== continue in try
def l = []; for (i in 1..3) { try { if (i == 2) continue; l << i } finally { l << -i } }; l
=== catch by supertype
try { [].get(5) } catch (RuntimeException e) { 'runtime' }
=== first fitting catch
try { throw new IllegalArgumentException('x') } catch (IllegalStateException e) { 1 } catch (IllegalArgumentException e) { 2 } catch (Exception e) { 3 }
=== multi catch
try { throw new IllegalStateException('x') } catch (IllegalArgumentException | IllegalStateException e) { e.message }
=== catch without a type
try { throw new Exception('x') } catch (e) { e.message }
=== catch of an Error needs Throwable
try { try { throw new Error('x') } catch (Exception e) { 'no' } } catch (Throwable t) { 'yes' }
=== uncaught exception
throw new IllegalStateException('bad')
=== uncaught exception without a message
throw new RuntimeException()
=== cause
try { try { throw new Exception('a') } catch (e) { throw new RuntimeException('b', e) } } catch (e) { e.message + e.cause.message }
=== message of a cause only
try { throw new RuntimeException(new Exception('a')) } catch (e) { e.message }
=== rethrow
try { try { throw new Exception('a') } catch (e) { throw e } } catch (Exception e) { e.message }
=== exception prints
try { throw new IllegalArgumentException('a') } catch (e) { e.toString() }
=== exception without a message prints
try { throw new IOException() } catch (e) { [e.toString(), e.message] }
=== instanceof of an exception
try { ''.toInteger() } catch (e) { [e instanceof NumberFormatException, e instanceof RuntimeException, e instanceof IOException] }
=== throw in a closure
try { [1].each { throw new RuntimeException("n$it") } } catch (e) { e.message }
=== nested try
def l = []
try { try { l << 1; throw new Exception('x') } finally { l << 2 } } catch (e) { l << 3 } finally { l << 4 }
l
=== catch variable is local
def e = 1; try { throw new Exception('x') } catch (ex) { e = ex.message }; e
=== null pointer message
try { null.foo() } catch (NullPointerException e) { e.message }
=== null property message
try { null.foo } catch (NullPointerException e) { e.message }
=== cast message
try { (Integer) 'x' } catch (ClassCastException e) { 'cast' }
=== number format message
try { 'abc'.toInteger() } catch (NumberFormatException e) { e.message }
=== index message of a list
try { [1].get(3) } catch (IndexOutOfBoundsException e) { e.message }
=== index message of a string
try { 'abc'[7] } catch (StringIndexOutOfBoundsException e) { e.message }
=== division message
try { 5 % 0 } catch (ArithmeticException e) { e.message }
=== missing property is caught
try { nope } catch (MissingPropertyException e) { 'missing' }
=== missing method is caught
try { nope() } catch (MissingMethodException e) { 'missing' }
=== unsupported is caught
try { (1..3).add(4) } catch (UnsupportedOperationException e) { 'unsupported' }
=== assert
assert 1 + 1 == 2
=== assert fails
assert 1 == 2
=== assert with a message
assert 1 == 2 : 'not equal'
=== assert is caught
try { assert false : 'x' } catch (AssertionError e) { 'caught' }
=== print
println 'a'; println 1; println([1, 'b']); println([a: 1]); println null
=== print a GString and a decimal
def x = 2; println "x=${x}"; println 1.50
=== println without arguments
println()
println 'x'
=== print several values
['a', 1, null].each { println it }
=== print booleans and ranges
println true; println(1..3); println('a'..'c')
=== chained comparison by and
def x = 5; x > 1 && x < 10
=== nested ternary
def f = { it > 5 ? 'a' : it > 2 ? 'b' : 'c' }; [f(9), f(3), f(1)]
=== assignment is an expression
def a, b; a = b = 5; [a, b]
=== assignment in a condition
def x; if ((x = 5)) { x }
=== compound assignment of a property
def m = [a: 1]; m.a += 2; m.a *= 3; m.a
=== compound assignment by index
def l = [1, 2]; l[0] += 5; l[1] <<= 2; l
=== increments in an index
def l = [1, 2, 3]; def i = 0; [l[i++], l[i++], i]
=== semicolon and newline
def a = 1; def b = 2
a + b
=== line continuation by operator
1 +
  2
=== method chain over lines
[3, 1, 2]
  .sort()
  .collect { it * 2 }
=== comments
1 /* a */ + /* b */ 2 // c
=== unicode names
def größe = 5; größe
=== booleans
[true, false, !true, Boolean.parseBoolean('true'), Boolean.valueOf('x')]
=== boolean to string
true.toString() + false
=== ternary with a null condition
null ? 'a' : 'b'
=== return a value from the script
if (true) { return 'early' }
'late'
=== empty statement
;;1
=== several declarations
def a = 1, b = 'x', c; [a, b, c]
=== typed null
String s = null; Integer i = null; [s, i]
=== global variable
x = 5
x + 1
=== error of a step is caught by name
try { throw new InterruptedException('x') } catch (InterruptedException e) { e.message }
=== getLocalizedMessage
try { throw new Exception('m') } catch (e) { [e.getMessage(), e.getLocalizedMessage(), e.localizedMessage] }
=== getClass name of an exception
try { throw new IllegalStateException('m') } catch (e) { e.toString().split(':')[0] }
=== suppressed break value
def r = [1, 2, 3].find { it == 2 }; r
=== unless style
def x = []; if (!x) 'empty'
=== nested functions with try
def f(x) { try { x / 0 } catch (ArithmeticException e) { return -1 } finally { x = 9 } }
f(1)
=== while with complex condition
def i = 0, l = []; while (i < 10 && l.size() < 3) { if (i % 2) l << i; i++ }; l
=== do while with break
def i = 0; do { if (i == 2) break; i++ } while (true); i
=== switch in a loop with continue
def l = []; for (i in 1..3) { switch (i) { case 2: continue; default: l << i } }; l
=== switch with break in a loop
def l = []; for (i in 1..3) { switch (i) { case 2: break; default: l << i }; l << -i }; l
=== multiple assignment from a method
def f() { [1, 'a'] }
def (n, s) = f(); "$n$s".toString()
