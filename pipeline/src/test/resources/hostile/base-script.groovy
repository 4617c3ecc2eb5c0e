// expect: annotation '@groovy.transform.BaseScript' is not available to
@groovy.transform.BaseScript Evil x
