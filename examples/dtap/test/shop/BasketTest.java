package shop;

/** Unit tests without a framework, so that the example needs nothing but a JDK. */
final class BasketTest {
    public static void main(String[] args) {
        check("an empty basket costs nothing", new Basket().total().toString(), "0.00");
        check("a small basket pays shipping", new Basket().add(2, "9.99").total().toString(), "24.93");
        check("from fifty euros on shipping is free", new Basket().add(5, "10.00").total().toString(), "50.00");
        try {
            new Basket().add(0, "1.00");
            throw new AssertionError("no pieces were accepted");
        } catch (IllegalArgumentException expected) {
            System.out.println("ok - no pieces are refused");
        }
    }

    private static void check(String name, String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(name + ": " + actual + " (expected: " + expected + ")");
        }
        System.out.println("ok - " + name);
    }
}
