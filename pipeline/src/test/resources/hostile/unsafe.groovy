// expect: ?
sun.misc.Unsafe.theUnsafe
