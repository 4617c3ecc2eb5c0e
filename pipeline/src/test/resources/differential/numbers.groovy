// Literals, arithmetic, overflow, scale of decimals, conversions and how numbers are printed.
=== int addition
1 + 2
=== int overflow wraps
2147483647 + 1
=== int underflow wraps
-2147483648 - 1
=== int multiplication wraps
100000 * 100000
=== long addition stays long
1L + 1
=== long overflow wraps
9223372036854775807L + 1
=== a literal beyond int is a Long
2147483648
=== a literal beyond long is a BigInteger
9223372036854775808
=== lowest int
-2147483648
=== suffix G
5G + 1
=== suffix g times decimal
5g * 1.5
=== suffix i
5i
=== hexadecimal
[0xFF, 0x7fffffff, 0xCAFE]
=== octal
[017, 0]
=== binary
0b1010
=== underscores in numbers
1_000_000 + 0x1_0
=== division of ints is decimal
7 / 2
=== division that comes out even
6 / 3
=== division without end
10 / 3
=== division of small by large
1 / 7
=== division of a decimal
1.0 / 3
=== division keeps the preferred scale
4.50 / 2
=== two thirds
2 / 3
=== large quotient
1000000 / 3
=== division by zero
1 / 0
=== remainder by zero
1 % 0
=== intdiv
7.intdiv(2)
=== intdiv of negatives
[(-7).intdiv(2), 7.intdiv(-2)]
=== intdiv by zero
7.intdiv(0)
=== remainder of negatives
[-7 % 3, 7 % -3, -7 % -3]
=== remainder of decimals
7.5 % 2
=== mod method
(-7).mod(3)
=== decimal addition keeps scale
1.10 + 2.205
=== decimal multiplication adds scales
1.50 * 2.0
=== int times decimal
3 * 0.1
=== no binary rounding
0.1 + 0.2 == 0.3
=== power of ints
2 ** 10
=== power beyond int
2 ** 31
=== power beyond long
2 ** 64
=== power of a long
2L ** 3
=== power of a decimal
1.5 ** 2
=== zero to the zero
0 ** 0
=== BigInteger arithmetic
(2 ** 70) + 1 - (2 ** 69)
=== BigInteger division
(2 ** 70) / 2
=== BigInteger remainder
(2 ** 70) % 7
=== BigInteger compared
(2 ** 70) > 5 && (2 ** 70) == 2 ** 70
=== toBigInteger
[5.toBigInteger(), '12'.toBigInteger(), 7.9.toBigInteger()]
=== as BigInteger
['12' as BigInteger, 3 as BigInteger]
=== unary minus
-(3)
=== unary minus of a decimal
def x = 1.50; -x
=== minus of lowest int
def x = -2147483648; -x
=== unary plus
def x = 3; +x
=== bitwise and
[12 & 10, 12 | 10, 12 ^ 10]
=== bitwise of long and int
[12L & 10, 1 | 2L]
=== bitwise negation
[~5, ~5L]
=== shift left
[1 << 4, 1 << 31, 1 << 32, 1L << 40]
=== shift right
[16 >> 2, -16 >> 2]
=== unsigned shift right
[-1 >>> 28, 16 >>> 2, -1L >>> 60]
=== compare int and decimal
[1 == 1.0, 1 < 1.5, 2.50 == 2.5]
=== equals method of numbers
[1.equals(1), 1.equals(1L), 1.0.equals(1.00)]
=== spaceship of numbers
[1 <=> 2, 2 <=> 1.5, 3L <=> 3]
=== compareTo
1.compareTo(2)
=== post and pre increment
def i = 5; [i++, i, ++i, i--, --i]
=== increment of a decimal
def d = 1.5; d++; d
=== increment of a long
def d = 1L; d++; d
=== increment wraps
def d = 2147483647; d++; d
=== compound assignment
def i = 10; i += 5; i -= 3; i *= 2; i /= 4; i
=== compound remainder and power
def i = 17; i %= 5; i **= 3; i
=== compound shifts and bits
def i = 1; i <<= 4; i |= 3; i &= 18; i ^= 1; i >>= 1; i
=== compound on a typed int casts back
int i = 10; i /= 4; i
=== typed int takes a decimal
int i = 3.99; i
=== typed long
long i = 3; i
=== typed BigDecimal
BigDecimal i = 3; i
=== decimal toString keeps scale
[1.50.toString(), 100.00.toString(), 1.0E10.toString()]
=== small decimal toString
0.000001.toString() + ' ' + 0.0000001.toString()
=== decimal in scientific form
1e10 + 0
=== negative exponent
1e-3
=== toInteger of a decimal
[3.99.toInteger(), (-3.99).toInteger()]
=== toLong and longValue
[3.7.toLong(), 3.longValue(), 3.9.intValue()]
=== toBigDecimal
[3.toBigDecimal(), '3.10'.toBigDecimal()]
=== abs
[(-3).abs(), (-3.5).abs(), (-3L).abs(), 3.abs()]
=== round of a decimal
[2.5.round(), 2.4.round(), (-2.5).round()]
=== round to places
[2.345.round(2), 2.3.round(1), 2.round()]
=== setScale
2.3.setScale(3)
=== signum
[5.signum(), (-2.5).signum(), 0.signum()]
=== isWhole and friends
[4.isEven(), 5.isOdd()]
=== times
def s = 0; 4.times { s += it }; s
=== upto and downto
def l = []; 1.upto(3) { l << it }; 3.downto(1) { l << it }; l
=== step
def l = []; 0.step(10, 3) { l << it }; l
=== times gives null
3.times { it }
=== Integer.parseInt
[Integer.parseInt('12'), Integer.valueOf('3'), Long.parseLong('4')]
=== Integer.parseInt of nonsense
Integer.parseInt('x')
=== Integer.parseInt with radix
Integer.parseInt('ff', 16)
=== toInteger of nonsense
'x1'.toInteger()
=== toInteger of an empty string
''.toInteger()
=== toBigDecimal of nonsense
'x'.toBigDecimal()
=== constants
[Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE]
=== BigDecimal constants
[BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.TEN]
=== Math max and min
[Math.max(1, 2), Math.min(1, 2), Math.max(1L, 2), Math.abs(-3)]
=== Integer toString and hex
[Integer.toString(255), Integer.toHexString(255), Integer.toBinaryString(5), Integer.toString(255, 16)]
=== Integer compare
Integer.compare(1, 2)
=== number plus string
1 + 'a'
=== string plus number
'a' + 1.50
=== number minus string
1 - 'a'
=== number times null
1 * null
=== null plus number
null + 1
=== truth of numbers
[0 ? 1 : 2, 0.0 ? 1 : 2, 0L ? 1 : 2, 5 ? 1 : 2, -1 ? 1 : 2]
=== between ranges
[5 in 1..10, 11 in 1..10]
=== max of mixed numbers
[1, 2.5, 3L].max()
=== sum of mixed numbers
[1, 2.5, 3L].sum()
=== sum of longs
[1L, 2].sum()
=== average
[1, 2, 3, 4].average()
=== large decimal product
12345678901234567890.123 * 2
=== min of negatives
[-1, -5, 3].min()
=== double literal
1.5d + 1
=== double division
1d / 3
=== double printed
[1.0d.toString(), 1e7d.toString(), 1e-5d.toString(), 100d.toString()]
=== float literal
1.5f
=== double and decimal
1.5d + 0.1
=== toDouble
['1.5'.toDouble(), 3.toDouble(), 2.50.toDouble()]
=== typed double
double d = 1; d / 4
=== double equality
0.1d + 0.2d == 0.3d
=== double overflow to infinity
1e308d * 10
=== double division by zero
1d / 0
=== double remainder
5.5d % 2
=== Math pow and sqrt
[Math.pow(2, 10), Math.sqrt(16)]
=== Math floor, ceil and round
[Math.floor(2.7), Math.ceil(2.1), Math.round(2.5), Math.round(2.5d)]
=== double as int
[(int) 3.9d, 3.9d as int, 3.9d as Integer]
=== double round
[2.5d.round(), 2.456d.round(2)]
=== power with a negative exponent
2 ** -1
=== power with a fraction
4 ** 0.5
=== trunc of a decimal
2.789.trunc(1)
=== int and long equal as map keys
[(1): 'a'][1]
=== Long toString
[Long.toString(5L), 5L.toString()]
=== number formatting with String.format
String.format('%d %5d %-5d| %05d %,d %x', 1, 2, 3, 4, 1234567, 255)
=== decimal formatting
String.format('%.2f %8.3f %s', 1.005, 2.5, 3.10)
=== padding of a number
7.toString().padLeft(3, '0')
=== compareTo of different numbers
[2.compareTo(1.5), 1L.compareTo(1)]
=== Long.MAX_VALUE plus one is a wrap
Long.MAX_VALUE + 1
=== unary minus binds before power
-2 ** 2
=== precedence of operators
2 + 3 * 4 ** 2 / 8 % 5 - 1
=== shift and addition
1 + 2 << 3
=== comparison chain with bits
(5 & 3) == 1
=== Integer as a value
5 as Integer
=== long as int wraps
(int) 4294967297L
=== as byte and short
[(byte) 300, (short) 70000]
=== multiply method
[3.multiply(4), 3.plus(4), 3.minus(4), 3.div(4), 3.power(2)]
=== negative shift
1 << -1
=== next and previous
[5.next(), 5.previous()]
=== BigDecimal methods
[1.25.scale(), 1.25.precision(), 1.500.stripTrailingZeros(), 12.30.toPlainString(), 1.25.negate(), 1.25.unscaledValue()]
=== BigDecimal divide and add methods
[1.5.add(2.5), 1.5.subtract(0.5), 1.5.multiply(2.0)]
=== new BigDecimal of text
new BigDecimal('1.230') + 1
=== new Integer comparisons
Integer.valueOf(1000) == Integer.valueOf(1000)
=== identity of numbers with is
1000.is(5)
