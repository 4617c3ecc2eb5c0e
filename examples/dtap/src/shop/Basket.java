package shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What a customer is about to buy. */
public final class Basket {
    private static final BigDecimal FREE_SHIPPING_FROM = new BigDecimal("50.00");
    private static final BigDecimal SHIPPING = new BigDecimal("4.95");

    private final List<BigDecimal> prices = new ArrayList<>();

    /** Adds so many pieces of something at a price. */
    public Basket add(int pieces, String price) {
        if (pieces < 1) {
            throw new IllegalArgumentException("pieces: " + pieces + " (expected: >= 1)");
        }
        prices.add(new BigDecimal(price).multiply(BigDecimal.valueOf(pieces)));
        return this;
    }

    /** The sum to pay with shipping, in euros and cents. */
    public BigDecimal total() {
        BigDecimal goods = prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal shipping = goods.compareTo(FREE_SHIPPING_FROM) >= 0 || prices.isEmpty() ? BigDecimal.ZERO : SHIPPING;
        return goods.add(shipping).setScale(2, RoundingMode.HALF_UP);
    }

    public static void main(String[] args) {
        System.out.println(new Basket().add(2, "9.99").total());
    }
}
