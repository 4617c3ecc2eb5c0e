// Literals, escapes, GStrings and the methods of strings.
=== single quotes take no variables
def x = 1; 'a${x}b'
=== GString
def x = 1; "a${x}b".toString()
=== GString type
def x = 1; "a${x}b"
=== dollar without braces
def m = [a: [b: 'c']]; "v: $m.a.b!".toString()
=== GString of null
def n = null; "a${n}b".toString()
=== GString is evaluated at once
def x = 1; def s = "v${x}"; x = 2; s.toString()
=== closure in a GString is lazy
def x = 1; def s = "v${-> x}"; x = 2; s.toString()
=== closure with a writer parameter
def s = "v${w -> w << 'written'}"; s.toString()
=== GString equals String
def x = 1; ["a${x}" == 'a1', 'a1' == "a${x}", 'a1'.equals("a${x}")]
=== GString as a map key is not the String
def x = 1; def m = ["a${x}": 1]; [m['a1'], m["a${x}"]]
=== GString key in parentheses
def x = 1; def m = [("a${x}".toString()): 1]; m['a1']
=== GString plus String
def x = 1; "a${x}" + 'b'
=== String plus GString
def x = 1; 'b' + "a${x}"
=== GString methods
def x = 'ab'; ["${x}c".length(), "${x}c".toUpperCase(), "${x}c".contains('bc')]
=== GString in a list of strings
def x = 1; ["a${x}"].contains('a1')
=== String in a list of GStrings
def x = 1; 'a1' in ["a${x}"]
=== nested GString
def a = [1, 2]; "x${a.collect { "<${it}>" }.join(',')}y".toString()
=== escapes
'a\tb\nc\\d\'e\"f\$g'
=== unicode escape
'\u0041\u00e9'
=== octal-looking escape
'\101'
=== backspace and form feed
'\b\f\r'.length()
=== triple single quotes
'''a
'b' "c"
d'''
=== triple double quotes
def x = 1
"""a ${x}
"q" \${no}
""".toString()
=== line continuation in triple quotes
'''\
a\
b
'''
=== slashy string
/a\d+\/b"'/
=== slashy with value
def x = 'q'; /a${x}\n/.toString()
=== slashy over lines
def s = /a
b/
s
=== dollar slashy
def x = 1; $/a$x $$ $/ / \n/$.toString()
=== dollar in single quotes
'$5 $x'
=== dollar before a non letter
"5\$ costs".toString()
=== string times
'ab' * 3
=== string times zero
'ab' * 0
=== string times negative
'ab' * -1
=== string minus
'abcabc' - 'b'
=== string minus pattern
'a1b2' - ~/\d/
=== string plus null
'a' + null
=== null plus string
null + 'a'
=== string left shift gives a buffer
('a' << 'b').toString()
=== char by index
['abc'[0], 'abc'[-1], 'abc'[1..2], 'abc'[-2..-1]]
=== reversed slice
'abc'[2..0]
=== exclusive slice
'abcd'[1..<3]
=== slice by list
'abcdef'[0, 2, 4]
=== slice by list with range
'abcdef'[0, 2..3]
=== index out of range
'abc'[5]
=== negative index out of range
'abc'[-5]
=== slice out of range
'abc'[1..5]
=== length and size
['abc'.length(), 'abc'.size(), ''.size()]
=== upper and lower
['aBc'.toUpperCase(), 'aBc'.toLowerCase()]
=== capitalize
['abc'.capitalize(), ''.capitalize(), 'ABC'.uncapitalize()]
=== center
['ab'.center(6), 'ab'.center(7, '*'), 'abcdef'.center(2)]
=== padLeft and padRight
['ab'.padLeft(5), 'ab'.padLeft(5, 'xy'), 'ab'.padRight(5, '-'), 'abc'.padLeft(2)]
=== reverse
'abc'.reverse()
=== trim and strip
['  a b '.trim(), ' a '.strip(), '\ta'.stripLeading(), 'a  '.stripTrailing()]
=== contains
['abc'.contains('b'), 'abc'.contains(''), 'abc'.contains('x')]
=== startsWith and endsWith
['abc'.startsWith('ab'), 'abc'.endsWith('bc'), 'abc'.startsWith('b', 1)]
=== startsWithAny
['abc'.startsWithAny('x', 'a'), 'abc'.endsWithAny('x', 'c')]
=== indexOf
['abcb'.indexOf('b'), 'abcb'.lastIndexOf('b'), 'abcb'.indexOf('z'), 'abcb'.indexOf('b', 2)]
=== substring
['abcdef'.substring(2), 'abcdef'.substring(1, 3)]
=== substring out of range
'abc'.substring(5)
=== substring reversed
'abc'.substring(2, 1)
=== replace
['aXbX'.replace('X', 'yy'), 'abc'.replace('', '-')]
=== replace of chars
'banana'.replace('a', 'o')
=== replaceAll with a pattern
'a1b22'.replaceAll(/\d+/, '#')
=== replaceAll with groups
'john smith'.replaceAll(/(\w+) (\w+)/, '$2 $1')
=== replaceAll with a closure
'a1b22'.replaceAll(/\d+/) { (it.toInteger() * 2).toString() }
=== replaceAll with a closure and groups
'k=v;x=y'.replaceAll(/(\w)=(\w)/) { all, k, v -> "$v:$k" }
=== replaceAll with a pattern object
'a1b2'.replaceAll(~/\d/, '-')
=== replaceFirst
'a1b2'.replaceFirst(/\d/, '-')
=== replaceFirst with a closure
'a1b2'.replaceFirst(/\d/) { "<$it>" }
=== replaceAll with an unknown group
'abc'.replaceAll(/b/, '$1')
=== replaceAll of nothing
'abc'.replaceAll(/x*/, '-')
=== split
'a,b,,c,,'.split(',').toList()
=== split with a limit
'a,b,c,d'.split(',', 2).toList()
=== split with a negative limit
'a,b,,'.split(',', -1).toList()
=== split by a pattern
'a1b22c'.split(/\d+/).toList()
=== split without an argument
' a  b c '.split().toList()
=== split by a dot needs escaping
'a.b.c'.split('\\.').toList()
=== split of an empty string
''.split(',').toList()
=== split with a match at the start
',a'.split(',').toList()
=== split with an empty pattern
'abc'.split('').toList()
=== split is an array
'a,b'.split(',')
=== split of an array by index
def parts = 'a:b:c'.split(':'); [parts[0], parts[-1], parts.length, parts.size()]
=== multiple assignment from split
def (a, b) = 'x:y'.split(':'); a + b
=== tokenize
'a,b,,c,'.tokenize(',')
=== tokenize by several characters
'a,b;c'.tokenize(',;')
=== tokenize by white space
' a  b\nc '.tokenize()
=== readLines
'a\nb\r\nc'.readLines()
=== eachLine
def l = []; 'a\nb'.eachLine { l << it }; l
=== eachLine with a number
def l = []; 'a\nb'.eachLine { s, i -> l << "$i$s".toString() }; l
=== eachLine from a number
def l = []; 'a\nb'.eachLine(1) { s, i -> l << "$i$s".toString() }; l
=== splitEachLine
def l = []; 'a b\nc d'.splitEachLine(' ') { l << it }; l
=== lines of a stripIndent
'''\
    a
      b
    c
'''.stripIndent()
=== stripIndent with a number
'    a\n  b'.stripIndent(2)
=== stripIndent of lines with tabs
'\t\ta\n\tb'.stripIndent()
=== stripIndent of a last line with spaces
'  a\n  b\n  '.stripIndent()
=== stripIndent with an empty line
'  a\n\n  b'.stripIndent()
=== stripMargin
'''a
  |b
  |  c'''.stripMargin()
=== stripMargin with another sign
'  #a\n  #b'.stripMargin('#')
=== expand
['a\tb'.expand(), 'a\tb'.expand(4), '\ta\n\tb'.expand(2)]
=== unexpand
'        a       b'.unexpand()
=== tr
['hello'.tr('el', 'ip'), 'hello'.tr('a-y', 'b-z'), 'hello'.tr('lo', 'x')]
=== normalize and denormalize
['a\r\nb\rc'.normalize(), 'a\nb'.denormalize()]
=== each character
def l = []; 'abc'.each { l << it }; l
=== collect characters
'abc'.collect { it * 2 }
=== any and every character
['abc'.any { it == 'b' }, 'abc'.every { it < 'c' }]
=== toList
'abc'.toList()
=== as List
'abc' as List
=== chars as list by in
def l = []; for (c in 'abc') { l << c }; l
=== count
['banana'.count('a'), 'banana'.count('an')]
=== isNumber and friends
['12'.isNumber(), '1.5'.isNumber(), 'x'.isNumber(), '12'.isInteger(), '1.5'.isInteger(), '1.5'.isBigDecimal(), '99999999999'.isLong(), ' 1 '.isInteger()]
=== isDouble and isFloat
['1.5'.isDouble(), 'x'.isFloat(), '12'.isBigInteger()]
=== toBoolean
['true'.toBoolean(), 'TRUE'.toBoolean(), 'y'.toBoolean(), '1'.toBoolean(), 'yes'.toBoolean(), ' true '.toBoolean(), ''.toBoolean()]
=== toInteger and toLong
['12'.toInteger(), ' 12 '.toInteger(), '12'.toLong(), '-5'.toInteger()]
=== isEmpty and isBlank
[''.isEmpty(), ' '.isEmpty(), ' '.isBlank(), ' '.isAllWhitespace()]
=== equalsIgnoreCase
['aB'.equalsIgnoreCase('Ab'), 'a'.equalsIgnoreCase('b')]
=== compareTo
['a'.compareTo('c'), 'b'.compareTo('a'), 'ab'.compareTo('a')]
=== compareToIgnoreCase
'A'.compareToIgnoreCase('b')
=== take and drop
['abc'.take(2), 'abc'.drop(2), 'abc'.take(9), 'abc'.drop(9), 'abc'.takeRight(2), 'abc'.dropRight(1)]
=== takeWhile and dropWhile
['aab'.takeWhile { it == 'a' }, 'aab'.dropWhile { it == 'a' }]
=== takeBefore and takeAfter
['a-b-c'.takeBefore('-'), 'a-b-c'.takeAfter('-'), 'a[b]c'.takeBetween('[', ']')]
=== find
['a1b2'.find(/\d/), 'abc'.find(/\d/), 'k=v'.find(/(\w)=(\w)/) { all, k, v -> v + k }]
=== findAll
'a1b22'.findAll(/\d+/)
=== findAll with a closure
'a=1 b=2'.findAll(/(\w)=(\d)/) { all, k, v -> v + k }
=== eachMatch
def l = []; 'a1b2'.eachMatch(/[a-z](\d)/) { all, d -> l << d }; l
=== matches
['abc'.matches('a.c'), 'abc'.matches(/b/), 'abc'.matches(~/abc/)]
=== next and previous
['a'.next(), 'z'.next(), 'b'.previous(), 'az'.next()]
=== increment of a string
def s = 'a'; s++; s
=== repeat
'ab'.repeat(2)
=== concat
'a'.concat('b')
=== join of strings
String.join('-', 'a', 'b')
=== join of a list by String
String.join('-', ['a', 'b'])
=== String.valueOf
[String.valueOf(1), String.valueOf(true), String.valueOf([1])]
=== format
[String.format('%s-%d', 'a', 1), 'x%s'.formatted(1)]
=== format of a list and a map
String.format('%s %s', [1, 2], 'x')
=== format with too few arguments
String.format('%s %s', 'a')
=== format with the wrong kind
String.format('%d', 'a')
=== compare strings
['a' < 'b', 'a' <=> 'b', 'B' < 'a', 'abc' >= 'abb']
=== equality of strings
['a' == 'a', 'a' == 'b', 'a' != 'b', 'a'.equals('a'), 'a'.is('a')]
=== string equals number
['1' == 1, 1 == '1']
=== truth of strings
[('' ? 1 : 2), (' ' ? 1 : 2), ('false' ? 1 : 2)]
=== charAt
'abc'.charAt(1).toString()
=== hashCode
['abc'.hashCode(), ''.hashCode()]
=== minus of a missing part
'abc' - 'x'
=== asBoolean
['x'.asBoolean(), ''.asBoolean()]
=== toSet
'aab'.toSet().size()
=== inject over characters
'abc'.inject('') { a, c -> c + a }
=== eachWithIndex of a string
def l = []; 'ab'.eachWithIndex { c, i -> l << c + i }; l
=== collectReplacements
'abc'.collectReplacements { it == 'b' ? 'XX' : null }
=== replaceEach
'abcd'.replace(a: '1', c: '3')
=== contains ignoring case
['aBc'.containsIgnoreCase('bC'), 'aBc'.startsWithIgnoreCase('AB'), 'aBc'.endsWithIgnoreCase('C')]
=== toURL is a string method no more
'a b'.split(' ').join('%20')
=== bytes length
'aé'.getBytes('UTF-8').length
=== string in switch
switch ('b') { case 'a': return 1; case ['b', 'c']: return 2; default: return 3 }
=== text with every kind of quote
"a'b" + 'c"d' + '''e'f''' + """g"h"""
=== chained calls
'  Hello World '.trim().toLowerCase().split(' ').collect { it.capitalize() }.join('-')
=== missing method
'abc'.fooBar()
=== missing property
'abc'.fooBar
=== spread over strings
['a', 'bb']*.length()
=== spread operator on a map of strings
['a', 'b']*.toUpperCase()
=== trailing line
"""
${1 + 1}
""".trim()
=== method on a GString result
"${[1, 2].join('')}3".toInteger()
=== string to a list of characters sorted
'banana'.toList().sort().unique().join()
=== plus assignment
def s = 'a'; s += 1; s += 'b'; s
=== minus assignment
def s = 'abc'; s -= 'b'; s
=== stripTrailing of lines
'a \nb '.readLines()*.trim()
=== is a CharSequence
['a' instanceof CharSequence, 'a' instanceof String, "a${1}" instanceof String]
=== getAt method
'abc'.getAt(1)
=== chars method count
'abc'.toCharArray().length
=== pad in a table
[[1, 'one'], [22, 'two']].collect { n, s -> n.toString().padLeft(4) + '|' + s.padRight(5) + '|' }.join('\n')
=== lastIndexOf from
'abab'.lastIndexOf('b', 2)
=== indexOf of empty
'abc'.indexOf('')
=== codePointAt
'a'.codePointAt(0)
=== translate escapes
'a\\nb'.translateEscapes()
=== digest
'abc'.md5()
=== base64
'abc'.bytes.encodeBase64().toString()
=== execute is a method in Groovy only
['echo hi'].size()
=== a character and its code
['2' == 50, 50 == '2', '2' != 50, 'ab' == 97, '' == 0, '2' in [50], [50].contains('2'), ['2'] == [50], [a: '2'] == [a: 50], 50L == '2', 50.0 == '2']
