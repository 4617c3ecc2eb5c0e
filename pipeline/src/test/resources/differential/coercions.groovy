// Casts, as, typed variables and truth.
=== as int
['5' as int, '5' as Integer, 5.9 as int, 5L as int]
=== as long
['5' as long, 5 as Long]
=== as BigDecimal
['1.50' as BigDecimal, 2 as BigDecimal]
=== as String
[1 as String, [1] as String, null as String, true as String]
=== as boolean
['x' as boolean, '' as boolean, 0 as boolean, null as boolean, [] as Boolean]
=== as List
[(1..3) as List, [1] as List]
=== as Set
([1, 1, 2] as Set)
=== as double
['1.5' as double, 1 as double]
=== cast int
[(int) 5.9, (int) 5L]
=== cast of a string to int
(int) '5'
=== cast of a long string
(Integer) '55'
=== cast of a letter
(int) 'a'
=== cast String
(String) 5
=== cast of a list to a string
(String) [1, 2]
=== cast boolean
[(boolean) 'x', (Boolean) 0]
=== cast null
[(String) null, (Integer) null]
=== cast of null to int
(int) null
=== cast a list
(List) [1]
=== cast that cannot be
(Map) [1]
=== cast a string to a list
(List) 'abc'
=== as of nonsense
'x' as int
=== typed String takes a number
String s = 5; s
=== typed String takes a GString
String s = "a${1}"; s
=== typed String takes a list
String s = [1, 'a']; s
=== typed int takes a string of one digit
int i = '5'; i
=== typed int takes a string
int i = '55'; i
=== typed Integer takes a string
Integer i = 'x'; i
=== typed boolean
boolean b = 'x'; b
=== typed boolean default
boolean b; b
=== typed int default
int i; i
=== typed list takes a range
List l = 1..3; l.size()
=== typed list takes a set
List l = [1, 2] as Set; l
=== typed map takes a list
Map m = [1]; m
=== typed long takes an int
long l = 5; l
=== typed Long takes an int
Long l = 5; l
=== typed BigDecimal takes an int
BigDecimal b = 5; b
=== typed double takes a decimal
double d = 1.50; d
=== typed variable keeps its type
int i = 5; i = 3.7; i
=== typed variable refuses
int i = 5; i = 'x'
=== typed String variable converts later
String s = 'a'; s = 5; s
=== def takes anything
def x = 1; x = 'a'; x = [1]; x
=== truth of everything
[null, 0, 1, '', 'a', [], [1], [:], [a: 1], 0.0, false, 0L].collect { it ? 'T' : 'F' }.join()
=== truth of closures and ranges
[({ 1 } ? 1 : 2), ((1..<1) ? 1 : 2), ((1..2) ? 1 : 2)]
=== truth of a set
[([] as Set) ? 1 : 2, ([1] as Set) ? 1 : 2]
=== asBoolean
[1.asBoolean(), 0.asBoolean(), [].asBoolean(), [a: 1].asBoolean()]
=== asType
['5'.asType(Integer), 5.asType(String)]
=== instanceof after as
[('5' as Integer) instanceof Integer, (5 as String) instanceof String]
=== list of strings to ints
['1', '2'].collect { it as int }
=== spread as
['1', '2']*.toInteger().sum()
=== toString of everything
[1.toString(), 1.5.toString(), true.toString(), [1].toString(), [a: 1].toString(), (1..2).toString()]
=== equals of everything
[1.equals('1'), 'a'.equals(null), [].equals([:]), true.equals(true), [a: 1].equals([a: 1])]
=== array of strings
String[] a = ['a', 'b']; [a.length, a[0]]
=== array of ints
int[] a = [3, 1, 2]; a.sort(); a.toList()
=== as array
(['a', 'b'] as String[]).length
=== new array
def a = new int[3]; a[1] = 5; a.toList()
=== string to characters
('abc' as char[]).length
=== char
char c = 'a'; c.toString()
=== boolean from a string is truth, not content
'false' as boolean
=== toBoolean of booleans
[true.toBoolean(), false.toBoolean()]
=== decimal to string and back
1.10.toString().toBigDecimal()
=== number in a GString
"${1.50} ${2L} ${10 / 4}".toString()
=== Integer equals Long by ==
[1 == 1L, 1L == 1.0, [1] == [1L]]
=== string to number comparisons
'10'.toInteger() > '9'.toInteger()
=== string comparison of digits
'10' > '9'
=== concatenation order
1 + 2 + 'a' + 1 + 2
=== list to string by plus
'l: ' + [1, 2]
=== map to string by plus
'm: ' + [a: 1]
=== boolean plus string
true + 'x'
=== null in a list prints
'' + [null]
=== map with as
([a: 1, b: 2] as Map).size()
=== class names
[1.getClass().simpleName, 'a'.class.simpleName]
