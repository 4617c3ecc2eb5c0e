// Maps.
=== literal
[a: 1, 'b': 2, (3): 4]
=== access
def m = [a: 1]; [m.a, m['a'], m.get('a'), m.b, m['b']]
=== key from a variable
def k = 'x'; [(k): 1, k: 2]
=== key with a dash
['a-b': 1].'a-b'
=== key by string expression
def k = 'a'; [a: 5]."$k"
=== assignment
def m = [:]; m.a = 1; m['b'] = 2; m.put('c', 3); m
=== put returns the old value
def m = [a: 1]; [m.put('a', 2), m.put('b', 3), m]
=== nested
def m = [a: [b: [c: 1]]]; [m.a.b.c, m.x?.y, m.a?.b?.c]
=== null in between
def m = [:]; m.a.b
=== set on null
def m = [:]; m.a.b = 1
=== get with a default
def m = [a: 1]; [m.get('a', 5), m.get('b', 6), m]
=== getOrDefault
def m = [a: 1]; [m.getOrDefault('b', 7), m]
=== withDefault
def m = [:].withDefault { it * 2 }; [m['a'], m]
=== size, isEmpty and truth
[[:].size(), [:].isEmpty(), ([:] ? 1 : 2), ([a: null] ? 1 : 2)]
=== containsKey and containsValue
def m = [a: 1]; [m.containsKey('a'), m.containsKey('b'), m.containsValue(1), 'a' in m]
=== keySet and values
def m = [a: 1, b: 2]; [m.keySet().toList(), m.values().toList(), m.keySet().join(',')]
=== entrySet
[a: 1, b: 2].entrySet().collect { it.key + it.value }
=== each with an entry
def s = ''; [a: 1, b: 2].each { s += it.key + it.value }; s
=== each with key and value
def s = ''; [a: 1, b: 2].each { k, v -> s += k + v }; s
=== eachWithIndex
def s = ''; [a: 1, b: 2].eachWithIndex { e, i -> s += e.key + i }; s
=== eachWithIndex of three
def s = ''; [a: 1, b: 2].eachWithIndex { k, v, i -> s += k + v + i }; s
=== collect
[[a: 1].collect { k, v -> k + v }, [a: 1].collect { it.value }]
=== collectEntries
[[a: 1].collectEntries { k, v -> [v, k] }, [a: 1].collectEntries { [(it.key * 2): it.value] }]
=== collectMany
[a: [1, 2], b: [3]].collectMany { k, v -> v }
=== find
[[a: 1, b: 2].find { it.value > 1 }.key, [a: 1, b: 2].find { k, v -> v > 1 }.value, [a: 1].find { false }]
=== findAll
[[a: 1, b: 2].findAll { k, v -> v > 1 }, [a: 1].findAll { it.value > 5 }]
=== findResult
[a: 1, b: 2].findResult { k, v -> v > 1 ? k : null }
=== any and every
[[a: 1].any { k, v -> v > 0 }, [a: 1].every { it.value > 1 }]
=== count
[a: 1, b: 2].count { k, v -> v > 0 }
=== groupBy
[a: 1, b: 2, c: 1].groupBy { it.value }
=== groupBy of two
[a: 1, b: 2].groupBy { k, v -> v % 2 == 0 ? 'even' : 'odd' }
=== inject
[a: 1, b: 2].inject(0) { s, k, v -> s + v }
=== inject with entries
[a: 1, b: 2].inject('') { s, e -> s + e.key }
=== sum by closure
[a: 1, b: 2].sum { k, v -> v }
=== sum of entries
[a: 1, b: 2].sum { it.value }
=== max and min
[[a: 1, b: 3].max { it.value }.key, [a: 1, b: 3].min { it.value }.key]
=== sort
[[b: 1, a: 2].sort(), [a: 2, b: 1].sort { it.value }, [a: 1, b: 2].sort { x, y -> y.value <=> x.value }]
=== sort leaves the map
def m = [b: 1, a: 2]; m.sort(); m
=== toSorted
[b: 1, a: 2].toSorted { it.key }
=== plus
def m = [a: 1]; [m + [b: 2], m + [a: 5], m]
=== plus assign
def m = [a: 1]; m += [b: 2]; m
=== minus
[a: 1, b: 2] - [b: 2, a: 5]
=== left shift
def m = [a: 1]; m << [b: 2]; m
=== putAll
def m = [a: 1]; m.putAll([b: 2, a: 3]); m
=== putIfAbsent
def m = [a: 1]; [m.putIfAbsent('a', 5), m.putIfAbsent('b', 6), m]
=== computeIfAbsent
def m = [:]; m.computeIfAbsent('a') { [] } << 1; m
=== computeIfPresent and compute
def m = [a: 1]; m.computeIfPresent('a') { k, v -> v + 1 }; m.compute('b') { k, v -> v == null ? 0 : v }; m
=== merge
def m = [a: 1]; m.merge('a', 5) { x, y -> x + y }; m.merge('b', 5) { x, y -> x + y }; m
=== remove
def m = [a: 1, b: 2]; [m.remove('a'), m.remove('z'), m]
=== removeAll
def m = [a: 1, b: 2]; m.removeAll { k, v -> v > 1 }; m
=== retainAll
def m = [a: 1, b: 2]; m.retainAll { k, v -> v > 1 }; m
=== replaceAll
def m = [a: 1, b: 2]; m.replaceAll { k, v -> v * 10 }; m
=== clear
def m = [a: 1]; m.clear(); m
=== subMap
[a: 1, b: 2, c: 3].subMap(['a', 'c'])
=== subMap of missing keys
[a: 1].subMap(['a', 'z'])
=== equality
[[a: 1] == [a: 1], [a: 1, b: 2] == [b: 2, a: 1], [a: 1] == [a: 1L], [a: 1] == [a: 2], [:] == [:]]
=== int and string keys differ
def m = [1: 'a', '1': 'b']; [m[1], m['1'], m.size()]
=== boolean and null keys
def m = [(true): 1, (null): 2]; [m[true], m[null]]
=== list as a key
def m = [([1, 2]): 'x']; m[[1, 2]]
=== decimal keys
[(1.5): 'a'][1.5]
=== spread map
def m = [a: 1]; [*: m, b: 2]
=== spread map overrides
def m = [a: 1]; [a: 5, *: m]
=== spread map in a call
def f = { Map m -> m.a + m.b }; f(*: [a: 1, b: 2])
=== printing
[a: 1, b: 'x', c: null, d: [1], e: [f: 'g'], (1): 2].toString()
=== printing an empty map
[:].toString()
=== inspect
[a: 'x'].inspect()
=== take and drop
[[a: 1, b: 2].take(1), [a: 1, b: 2].drop(1)]
=== entry methods
def e = [a: 1].entrySet().first(); [e.getKey(), e.getValue(), e.toString()]
=== closure as a value is called
def m = [f: { x -> x * 2 }]; m.f(4)
=== closure value without parentheses
def m = [f: { 'hi' }]; m.f instanceof Closure
=== closure by index called
def m = [f: { 5 }]; m['f']()
=== size is a key like any
[size: 9].size
=== keys with methods' names
def m = [keySet: 1]; m.keySet
=== class as a key
def m = ['class': 5]; m['class']
=== for loop over a map
def s = ''; for (e in [a: 1, b: 2]) { s += "${e.key}=${e.value};" }; s
=== for loop over keys
def s = ''; for (k in [a: 1, b: 2].keySet()) { s += k }; s
=== default by elvis
def m = [:]; m.a ?: 'none'
=== elvis assignment on a map
def m = [:]; m.a ?= 5; m.a ?= 6; m
=== increment of an entry
def m = [a: 1]; m.a++; m['a'] += 5; m
=== increment of a missing entry
def m = [:]; m.a = (m.a ?: 0) + 1; m
=== entry order is kept
def m = [z: 1]; m.a = 2; m.z = 3; m
=== collect to a list and join
[a: 1, b: 2].collect { k, v -> "$k=$v" }.join('&')
=== map as named arguments
def f(Map m, x) { "${m.a}$x".toString() }
f(1, a: 5)
=== named arguments only
def f(Map m) { m }
f(a: 1, b: 2)
=== named arguments with a default
def f(Map m = [:]) { m.size() }
[f(), f(a: 1)]
=== as type
[a: 1] as Map
=== getAt and putAt
def m = [:]; m.putAt('x', 1); m.getAt('x')
=== reverse each
def s = ''; [a: 1, b: 2].reverseEach { k, v -> s += k }; s
=== isCase
switch ('a') { case [a: 1]: return 'truthy'; default: return 'no' }
=== isCase with a false value
switch ('a') { case [a: 0]: return 'in'; default: return 'no' }
=== map of lists
def m = [:]; ['a', 'b', 'a'].eachWithIndex { x, i -> if (!m[x]) { m[x] = [] }; m[x] << i }; m
=== deep change
def m = [a: [b: 1]]; m.a.b = 2; m.a.c = 3; m
=== copy by new
def m = [a: 1]; def n = new HashMap(m); n.b = 2; [m.size(), n.size()]
=== copy by plus
def m = [a: 1]; def n = [:] + m; n.b = 2; [m, n]
=== clone
def m = [a: 1]; def n = m.clone(); n.b = 2; m
=== keySet contains
'a' in [a: 1].keySet()
=== values sum and max
def v = [a: 1, b: 5].values(); [v.sum(), v.max()]
=== map with null value
def m = [a: null]; [m.containsKey('a'), m.a == null, m.size()]
=== invert
[a: 1, b: 2].collectEntries { k, v -> [(v): k] }
=== nested GString value
def x = 1; [a: "v${x}".toString()].toString()
=== missing method
[a: 1].fooBar()
=== iterate and change
def m = [a: 1, b: 2]; m.each { k, v -> m[k] = v * 2 }; m
=== asImmutable
def m = [a: 1].asImmutable(); m.b = 2
=== sort by descending value
[a: 1, b: 3, c: 2].sort { -it.value }.keySet().toList()
=== withIndex on entries
[a: 1].entrySet().withIndex().collect { e, i -> e.key + i }
=== equals list of entries
[a: 1].collect { it.key }
=== min by key
[b: 1, a: 2].min { it.key }.value
=== TreeMap is sorted
new TreeMap([b: 1, a: 2]).keySet().toList()
=== dynamic property assignment
def m = [:]; def k = 'x y'; m."$k" = 5; m
=== findAll then keys
[a: 1, b: 2, c: 3].findAll { it.value > 1 }.keySet().toList()
=== any on an empty map
[:].any { true }
