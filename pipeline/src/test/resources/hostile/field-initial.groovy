// expect: 'new File' is not supported
class A { def x = new File('/') }; try { new A() } catch (Throwable t) { }
