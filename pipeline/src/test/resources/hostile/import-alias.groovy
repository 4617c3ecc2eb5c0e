// expect: ?
import java.lang.System as S; S.exit(1)
