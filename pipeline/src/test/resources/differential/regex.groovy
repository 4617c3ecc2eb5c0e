// Patterns, matchers, =~ and ==~.
=== find truth
('abc' =~ /b/) ? 'yes' : 'no'
=== find without match
('abc' =~ /x/) ? 'yes' : 'no'
=== match operator
['abc' ==~ /a.c/, 'abcd' ==~ /a.c/, 'abc' ==~ 'abc']
=== group access
def m = 'john=5' =~ /(\w+)=(\d+)/; [m[0][1], m[0][2], m[0][0]]
=== match without groups
def m = 'a1b2' =~ /\d/; [m[0], m[1], m.size(), m.count]
=== negative index
def m = 'a1b2' =~ /\d/; m[-1]
=== no match by index
def m = 'abc' =~ /\d/; m[0]
=== matches and group
def m = 'v1.2' =~ /v(\d)\.(\d)/; m.matches() ? m.group(1) + m.group(2) : 'none'
=== find and group
def m = 'a1b2' =~ /\d/; def l = []; while (m.find()) { l << m.group() }; l
=== group before a match
def m = 'a1' =~ /\d/; m.group()
=== unknown group
def m = 'a1' =~ /\d/; m.find(); m.group(3)
=== groupCount
def m = 'a1' =~ /(a)(\d)/; m.groupCount()
=== start and end
def m = 'xa1' =~ /a(\d)/; m.find(); [m.start(), m.end(), m.start(1)]
=== named group
def m = 'k=v' =~ /(?<key>\w)=(?<value>\w)/; m.matches(); m.group('value')
=== each match
def l = []; ('a1b2' =~ /\d/).each { l << it }; l
=== each match with groups
def l = []; ('a1b2' =~ /([a-z])(\d)/).each { all, a, d -> l << d + a }; l
=== collect over matches
('a1b2' =~ /[a-z]\d/).collect { it.toUpperCase() }
=== multiple assignment of groups
def (all, a, b) = ('1-2' =~ /(\d)-(\d)/)[0]; a + b
=== pattern literal
def p = ~/\d+/; p.matcher('12').matches()
=== pattern prints itself
(~/a+b/).toString()
=== pattern in case
switch ('a12') { case ~/\d+/: return 'n'; case ~/a\d+/: return 'an'; default: return '?' }
=== grep with a pattern
['a1', 'b', 'c3'].grep(~/.\d/)
=== flags inside
'ABC' ==~ /(?i)abc/
=== dot all
'a\nb' ==~ /(?s)a.b/
=== multi line
('a\nb' =~ /(?m)^b$/).find()
=== replaceAll of a matcher
('a1b2' =~ /\d/).replaceAll('-')
=== replaceFirst of a matcher
('a1b2' =~ /\d/).replaceFirst('-')
=== find of null
null ==~ /a/
=== broken pattern
'a' =~ '('
=== matcher of a number's text
(12.toString() =~ /\d/).size()
=== string as pattern
'a.b' ==~ 'a\\.b'
=== quoted pattern
java.util.regex.Pattern.quote('a.b')
=== unicode classes
'é' ==~ /\p{L}/
=== back reference
'abab' ==~ /(ab)\1/
=== look ahead
'foobar'.find(/foo(?=bar)/)
=== lazy
'<a><b>'.find(/<.+?>/)
=== optional group is null
def m = 'a' =~ /(a)(b)?/; m[0][2]
=== split by a regular expression with groups
'a1b2c'.split(/(\d)/).toList()
=== pattern split
(~/,/).split('a,b').toList()
=== lookingAt
('abc' =~ /ab/).lookingAt()
=== hitEnd and reset
def m = 'a1' =~ /\d/; m.find(); m.reset(); m.find()
=== findAll with several groups
'a=1,b=2'.findAll(/(\w)=(\d)/)
=== negated match
!('abc' ==~ /x/)
=== version parse
def v = 'release-1.22.3'; def m = (v =~ /(\d+)\.(\d+)\.(\d+)/); m ? m[0][1..3]*.toInteger() : null
=== matcher as list
('a1b2' =~ /\d/).toList()
=== matcher with index loop
def m = ('a1b2' =~ /\d/); def l = []; for (i in 0..<m.size()) { l << m[i] }; l
=== matcher iteration with for
def l = []; for (x in ('a1b2' =~ /\d/)) { l << x }; l
=== matchers are in
'abc' in ~/a.c/
=== hasGroup
('a' =~ /(a)/).hasGroup()
=== truth finds the first match
def m = 'v1.2' =~ /(\d)\.(\d)/; if (m) { m.group(1) + m.group(2) } else { 'none' }
=== conditional group
def m = 'v1.2' =~ /(\d)\.(\d)/; m ? m.group(1) : 'none'
=== group behind and
def m = 'v1.2' =~ /(\d)\.(\d)/; m && m.group(2)
=== group behind negation
def m = 'v1.2' =~ /(\d)\.(\d)/; if (!m) { return 'none' }; m.group()
=== each truth begins again
def m = 'a1b2' =~ /\d/; [m ? m.group() : 0, m ? m.group() : 0, m ? m.group() : 0]
=== loop after truth
def m = 'a1b2' =~ /\d/; def l = []; if (m) { while (m.find()) { l << m.group() } }; l
=== group after index
def m = 'a1b2' =~ /([a-z])(\d)/; [m[0][1], m.group(2), m[1][0], m.group(1)]
=== find after index
def m = 'a1b2c3' =~ /\d/; m[1]; m.find(); m.group()
=== find after size
def m = 'a1b2' =~ /\d/; m.size(); m.find()
=== group after each
def m = 'a1b2' =~ /\d/; m.each { }; m.group()
=== truth without a match
def m = 'abc' =~ /\d/; [m ? 1 : 2, m ? 1 : 2]
