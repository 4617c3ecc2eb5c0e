// expect: ?
import static java.lang.Runtime.*; getRuntime().exec('id')
