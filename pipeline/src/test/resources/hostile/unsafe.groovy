// expect: class 'sun.misc.Unsafe' is not supported
sun.misc.Unsafe.theUnsafe
