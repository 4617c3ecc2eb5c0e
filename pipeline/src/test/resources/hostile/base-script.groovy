// expect: ?
@groovy.transform.BaseScript Evil x
