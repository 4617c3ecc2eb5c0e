// expect: java.lang.NoSuchMethodError: No such DSL method 'getRuntime' found
import static java.lang.Runtime.*; getRuntime().exec('id')
