// Lists and ranges.
=== literal and index
def l = [1, 2, 3]; [l[0], l[-1], l[5], l.get(1)]
=== negative index too far
[1, 2][-3]
=== get out of bounds
[1, 2].get(5)
=== slice
[1, 2, 3, 4][1..2]
=== slice with negative end
[1, 2, 3, 4][1..-1]
=== reversed slice
[1, 2, 3, 4][-1..0]
=== exclusive slice
[1, 2, 3, 4][0..<2]
=== slice beyond the end
[1, 2, 3][1..5]
=== slice by list
[1, 2, 3, 4][0, 2]
=== slice by list and range
[1, 2, 3, 4, 5][0, 2..3]
=== empty slice
[1, 2, 3][0..<0]
=== assign beyond the end
def l = [1]; l[3] = 4; l
=== assign by negative index
def l = [1, 2]; l[-1] = 9; l
=== assign by range
def l = [1, 2, 3, 4]; l[1..2] = ['a', 'b', 'c']; l
=== assign a negative index too far
def l = [1]; l[-3] = 2; l
=== plus
[[1] + [2], [1] + 2, [1] + null]
=== plus a map
[1] + [a: 1]
=== minus
[[1, 2, 2, 3] - [2], [1, 2, 2] - 2]
=== times
[1, 2] * 2
=== left shift
def l = [1]; l << 2 << [3]; l
=== plus assign
def l = [1]; def m = l; l += 2; [l, m]
=== equality
[[1, 2] == [1, 2], [1, 2] == [2, 1], [1] == [1L], [1] == [1.0], [] == [], [1] == 1]
=== equals method
[[1].equals([1]), [1].equals([1L])]
=== contains and in
[[1, 2].contains(2), 3 in [1, 2], 2L in [1, 2], [1, 2].contains(2L)]
=== not in
3 !in [1, 2]
=== indexOf
[[1, 2, 1].indexOf(1), [1, 2, 1].lastIndexOf(1), [1].indexOf(5)]
=== size, isEmpty and truth
[[].size(), [].isEmpty(), ([] ? 1 : 2), ([0] ? 1 : 2)]
=== first and last
[[1, 2].first(), [1, 2].last(), [1, 2].head(), [1, 2].tail(), [1, 2].init()]
=== first of an empty list
[].first()
=== last of an empty list
[].last()
=== head of an empty list
[].head()
=== add
def l = []; def r = l.add(1); l.add(0, 5); [l, r]
=== addAll
def l = [1]; def r = l.addAll([2, 3]); [l, r]
=== addAll at an index
def l = [1]; l.addAll(0, [2, 3]); l
=== remove by index
def l = [5, 6, 7]; def r = l.remove(1); [l, r]
=== remove by value
def l = ['a', 'b']; def r = l.remove('a'); [l, r]
=== removeAt and removeElement
def l = [5, 6, 7]; [l.removeAt(0), l.removeElement(7), l]
=== removeAll
def l = [1, 2, 3, 4]; def r = l.removeAll { it % 2 == 0 }; [l, r]
=== removeAll of a list
def l = [1, 2, 3]; l.removeAll([1, 2]); l
=== retainAll
def l = [1, 2, 3, 4]; def r = l.retainAll { it > 2 }; [l, r]
=== removeIf
def l = [1, 2, 3]; def r = l.removeIf { it > 1 }; [l, r]
=== pop and push
def l = [1, 2]; l.push(0); def r = l.pop(); [l, r]
=== pop of an empty list
[].pop()
=== removeLast
def l = [1, 2]; [l.removeLast(), l]
=== set
def l = [1, 2]; [l.set(0, 9), l]
=== set out of bounds
[1].set(5, 1)
=== clear
def l = [1]; l.clear(); l
=== subList
[1, 2, 3, 4].subList(1, 3)
=== subList out of bounds
[1, 2].subList(1, 5)
=== each gives the list
[1, 2].each { it * 2 }
=== each with it
def s = ''; ['a', 'b'].each { s += it }; s
=== eachWithIndex
def s = ''; ['a', 'b'].eachWithIndex { x, i -> s += "$i$x" }; s
=== reverseEach
def s = ''; ['a', 'b'].reverseEach { s += it }; s
=== collect
[1, 2].collect { it * 2 }
=== collect into
[1, 2].collect([0]) { it * 2 }
=== collect without a closure
[1, 2].collect()
=== collectMany
[1, 2].collectMany { [it, it * 10] }
=== collectNested
[1, [2, 3]].collectNested { it * 2 }
=== collectEntries with pairs
['a', 'b'].collectEntries { [it, it.toUpperCase()] }
=== collectEntries with maps
['a', 'b'].collectEntries { [(it): it * 2] }
=== collectEntries of pairs
[['a', 1], ['b', 2]].collectEntries()
=== collectEntries of wrong pairs
[1].collectEntries { 5 }
=== withCollectedKeys
['a', 'bb'].withCollectedKeys { it.size() }
=== find
[[1, 2, 3].find { it > 1 }, [1].find { it > 1 }, [0, null, 5].find()]
=== findAll
[[1, 2, 3].findAll { it > 1 }, [0, 1, null, '', 'a'].findAll()]
=== findIndexOf
[[1, 2, 3].findIndexOf { it > 1 }, [1].findIndexOf { it > 1 }, [3, 3].findLastIndexOf { it == 3 }]
=== findIndexValues
[1, 2, 3].findIndexValues { it > 1 }
=== findResult
[[1, 2].findResult { it > 1 ? "x$it".toString() : null }, [1].findResult { null }, [1].findResult('d') { null }]
=== findResults
[1, 2, 3].findResults { it > 1 ? it * 2 : null }
=== any and every
[[1, 2].any { it > 1 }, [1, 2].every { it > 1 }, [].any { true }, [].every { false }, [0, 1].any(), [1, 1].every()]
=== none
[1, 2].none { it > 5 }
=== count
[[1, 2, 1].count(1), [1, 2, 3].count { it > 1 }]
=== countBy
['a', 'bb', 'c'].countBy { it.size() }
=== groupBy
[1, 2, 3, 4].groupBy { it % 2 }
=== groupBy to strings
['a', 'bb', 'cc'].groupBy { it.size() > 1 ? 'long' : 'short' }
=== groupBy with two closures
[1, 2, 3, 4].groupBy({ it % 2 }, { it > 2 })
=== inject
[[1, 2, 3].inject { a, b -> a + b }, [1, 2, 3].inject(10) { a, b -> a + b }]
=== inject on an empty list
[].inject { a, b -> a + b }
=== inject to a map
['a', 'b'].inject([:]) { m, x -> m[x] = x * 2; m }
=== sum
[[1, 2, 3].sum(), ['a', 'b'].sum(), [].sum(), [1, 2].sum { it * 2 }, [1, 2].sum(10), [[1], [2]].sum()]
=== sum with a start and a closure
[1, 2].sum(10) { it * 2 }
=== max and min
[[3, 1, 2].max(), [3, 1, 2].min(), ['a', 'ccc', 'bb'].max { it.size() }, [].max()]
=== max by comparing
[3, 1, 2].max { a, b -> b <=> a }
=== sort
[[3, 1, 2].sort(), ['b', 'a'].sort(), [3, 1, 2].sort { -it }, [3, 1, 2].sort { a, b -> b <=> a }]
=== sort changes the list
def l = [3, 1, 2]; l.sort(); l
=== sort of a copy
def l = [3, 1, 2]; def s = l.sort(false); [l, s]
=== toSorted
def l = [3, 1, 2]; [l.toSorted(), l]
=== sort of mixed numbers
[3, 1.5, 2L].sort()
=== sort with nulls
[3, null, 1].sort()
=== sort is stable
['bb', 'a', 'cc', 'd'].sort { it.size() }
=== sort of strings with case
['b', 'A', 'a', 'B'].sort()
=== sort of strings and numbers
['b', 1].sort()
=== reverse
def l = [1, 2]; [l.reverse(), l]
=== reverse in place
def l = [1, 2]; l.reverse(true); l
=== unique
def l = [1, 2, 1]; [l.unique(), l]
=== unique of a copy
def l = [1, 2, 1]; [l.unique(false), l]
=== unique by
[1, 2, 3, 4].unique { it % 2 }
=== unique by comparing
[1, 2, 1].unique { a, b -> a <=> b }
=== toUnique
[1, 1, 2].toUnique()
=== unique of mixed numbers
[1, 1L, 1.0].unique()
=== flatten
[[1, [2, [3]]].flatten(), [[1], [a: 1]].flatten()]
=== flatten of nothing
[[], [[]]].flatten()
=== join
[[1, 2].join(','), ['a'].join(), [].join(','), [null, 1].join('-')]
=== collate
[[1, 2, 3, 4, 5].collate(2), [1, 2, 3].collate(2, false), [1, 2, 3, 4].collate(2, 1)]
=== chop
[1, 2, 3, 4].chop(1, 2)
=== transpose
[[[1, 2], [3, 4]].transpose(), [[1, 2, 3], [4]].transpose()]
=== combinations
[[1, 2], ['a', 'b']].combinations()
=== combinations with a closure
[[1, 2], [3, 4]].combinations { a, b -> a * b }
=== permutations
[1, 2, 3].permutations().size()
=== subsequences
[1, 2].subsequences().size()
=== eachCombination
def l = []; [[1, 2], [3]].eachCombination { l << it }; l
=== withIndex
[['a', 'b'].withIndex(), ['a'].withIndex(5)]
=== indexed
['a', 'b'].indexed()
=== withIndex and collect
['a', 'b'].withIndex().collect { x, i -> "$i$x".toString() }
=== take and drop
[[1, 2, 3].take(2), [1, 2, 3].drop(2), [1, 2].take(9), [1, 2, 3].takeRight(2), [1, 2, 3].dropRight(2)]
=== takeWhile and dropWhile
[[1, 2, 3].takeWhile { it < 3 }, [1, 2, 3].dropWhile { it < 3 }]
=== split
[1, 2, 3].split { it > 1 }
=== partition by tail and head
def (h, t) = [[1, 2, 3].head(), [1, 2, 3].tail()]; [h, t]
=== intersect and disjoint
[[1, 2, 3].intersect([2, 3, 4]), [1].disjoint([2]), [1].disjoint([1])]
=== grep
[[1, 'a', null, 2].grep(Integer), ['a', 'b'].grep { it == 'a' }, [1, 2, 3].grep([2, 3]), [0, 1].grep()]
=== asType to a set
([1, 1, 2] as Set).size()
=== toSet
[1, 1, 2].toSet().size()
=== Set operations
def s = [1, 2] as Set; s << 2; s << 3; s.size()
=== Set equality
([1, 2] as Set) == ([2, 1] as Set)
=== spread in a list
def l = [2, 3]; [1, *l, 4]
=== spread of null
def n = null; [1, *n]
=== spread in a call
def f = { a, b, c -> a + b + c }; f(*[1, 2, 3])
=== spread dot
[[a: 1], [a: 2]]*.a
=== property of a list spreads
[[a: 1], [a: 2], [b: 3]].a
=== spread dot on null
def n = null; n*.foo
=== spread call with nulls
['a', null]*.toUpperCase()
=== nested lists
def l = [[1, 2], [3]]; [l[0][1], l*.size()]
=== multiple assignment
def (a, b, c) = [1, 2]; [a, b, c]
=== multiple assignment with types
def (int a, String b) = [1, 'x']; [a, b]
=== swap
def a = 1, b = 2; (a, b) = [b, a]; [a, b]
=== multiple assignment of too many
def (a, b) = [1, 2, 3]; [a, b]
=== containsAll
[[1, 2, 3].containsAll([1, 2]), [1].containsAll([2])]
=== asImmutable is read only
def l = [1].asImmutable(); l << 2
=== printing
[1, 'a', null, [2], [a: 'b'], 1.50].toString()
=== inspect
[1, 'a', null].inspect()
=== list as boolean
[!![], !![1]]
=== list compare
[1, 2] <=> [1, 3]
=== range
[(1..3), (1..3).size(), (3..1), (1..<4), (1..1)]
=== range toString
[(1..3).toString(), (1..<3).toString(), "${3..1}".toString()]
=== empty range
[(1..<1).size(), (0..<0).toList(), (1..<1).isEmpty()]
=== reverse exclusive range
(5..<2).toList()
=== left exclusive ranges
[(1<..4).toList(), (1<..<4).toList()]
=== range of characters
('a'..'e').toList()
=== range of characters contains
['c' in ('a'..'e'), ('a'..'e').size(), ('a'..'c').collect { it + it }]
=== range contains
[2 in 1..3, (1..3).contains(4), (1..3).containsWithinBounds(2)]
=== range from and to
[(1..5).from, (1..5).to, (5..1).from, (5..1).isReverse()]
=== range step
[(1..10).step(3), (10..1).step(4)]
=== range by
(1..9).by(2).toList()
=== range each
def s = 0; (1..4).each { s += it }; s
=== range for loop
def s = ''; for (i in 3..1) { s += i }; s
=== range reverse
(1..3).reverse()
=== range sum and inject
[(1..4).sum(), (1..4).inject { a, b -> a * b }]
=== range index
[(5..9)[1], (5..9)[-1], (5..9)[1..2]]
=== range with variables
def n = 3; (0..n - 1).collect { it }
=== range equality
[(1..3) == [1, 2, 3], [1, 2, 3] == (1..3)]
=== range of decimals
(1.5..3.5).toList()
=== range of longs
(1L..3L).toList()
=== range cannot be changed
(1..3) << 4
=== range max and min
[(1..3).max(), (3..1).min()]
=== range collate
(1..5).collate(2)
=== range plus
(1..2) + (4..5)
=== list of ranges flattened
[1..3, 5..6].flatten()
=== shuffle keeps the size
[1, 2, 3].shuffled().size()
=== swap of elements
[1, 2, 3].swap(0, 2)
=== zip
[[1, 2].zip(['a', 'b'])]
=== average
[2, 4].average()
=== max by property
[[n: 1], [n: 3]].max { it.n }.n
=== sort by several
[[a: 1, b: 2], [a: 1, b: 1], [a: 0, b: 9]].sort { x, y -> x.a <=> y.a ?: x.b <=> y.b }*.b
=== asReversed
[1, 2, 3].asReversed()
=== immutability of List.of
List.of(1, 2).size()
=== iterator loop
def it0 = [1, 2].iterator(); def l = []; while (it0.hasNext()) { l << it0.next() }; l
=== collect with index
[5, 6].indexed().collect { i, x -> i * x }
=== head of sorted
[3, 1, 2].sort()[0]
=== missing method
[1].fooBar()
=== list of closures
[{ 1 }, { 2 }].collect { it() }
=== each with break by find
[1, 2, 3].find { if (it == 2) { return true } else { return false } }
=== stream-like sum
[1, 2, 3].collect { it ** 2 }.sum()
=== isSorted
[1, 2, 3].isSorted()
=== equals of nested
[[1, [2]], [a: [1]]] == [[1, [2]], [a: [1]]]
=== add null
def l = []; l << null; [l, l.size()]
=== min with a closure and equal values
['aa', 'bb', 'c'].min { it.size() }
=== drop of a negative
[1, 2].drop(-1)
=== take of a negative
[1, 2].take(-1)
=== last index
[1, 2, 3].lastIndexOf(3)
=== getIndices
[1, 2, 3].indices
=== push on an empty list
def l = []; l.push(1); l.push(2); l
=== plus with index
[1, 2].plus(1, [5])
=== multiply by zero
[1, 2] * 0
=== each with a method reference
def l = []; [1, 2].each(l.&add); l
=== list concatenation in loop
def l = []; for (int i = 0; i < 3; i++) { l += i }; l
=== sort by null safe elvis
['b', null, 'a'].sort { it ?: '' }
=== groupBy then collectEntries
['x1', 'x2', 'y1'].groupBy { it[0] }.collectEntries { k, v -> [k, v.size()] }
=== remove inside copy
def l = [1, 2, 3]; for (x in l.clone()) { if (x == 2) l.removeElement(x) }; l
=== changing while iterating
def l = [1, 2, 3]; for (x in l) { l << x }; l
=== Set without doubles
def s = new HashSet([1, 1L, 'a', [1], [1]]); [s.size(), s.add(1), s.add(2), s.contains(2), s.contains([1]), 2 in s, s.remove('a'), s.size()]
=== LinkedHashSet keeps its order
def s = new LinkedHashSet(); s << 'b' << 'a' << 'b'; [s.join(), s.toString(), s.first(), s.toList(), s as List]
=== Set plus and minus
Set s = ['a', 'b']; [s + 'c', s + ['a', 'd'], s - 'a', s - ['b', 'x'], ['x'] + s, s.plus('a').size()]
=== Set is no list
def s = [1, 2].toSet(); [s == [1, 2], [1, 2] == s, s instanceof Set, s instanceof List, s instanceof Collection, [] instanceof Set]
=== Set equality of numbers
[([1, 2] as Set) == ([2L, 1L] as Set), ([1] as Set).equals([1] as Set), ([] as Set) == ([1] as Set)]
=== Set of a set's parts
def s = [3, 1, 2] as Set; [s.findAll { it > 1 }, s.intersect([1, 9]), s.collect { it * 2 }, s.sort(), s.max(), s.sum(), s.size()]
=== Set addAll and removeAll
def s = [1] as Set; [s.addAll([1, 2]), s.addAll([1]), s.removeAll([1]), s, s.isEmpty()]
=== Set each and any
def s = ['x', 'y'] as Set; def t = ''; s.each { t += it }; [t, s.any { it == 'y' }, s.every { it }, s.groupBy { it }.keySet().toList()]
=== Set has no places
([1] as Set).indexOf(1)
=== Set in a typed variable
LinkedHashSet s = [2, 2]; s.add(3); s.size()
=== Set class
([] as Set).getClass().simpleName
=== Set unique and clear
def s = [1, 2] as Set; def u = s.unique(); s.clear(); [u.size(), s]
=== sets of sets are equal
def a = [[1] as Set, [2] as Set] as Set; def b = [[2] as Set, [1] as Set] as Set; a == b
=== classes of several
[1, 'a', null]*.class*.simpleName
