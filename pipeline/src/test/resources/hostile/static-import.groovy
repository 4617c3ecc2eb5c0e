// expect: ?
import static java.lang.System.exit; exit(1)
