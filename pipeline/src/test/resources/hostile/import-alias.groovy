// expect: 'System.exit' is not available to pipelines
import java.lang.System as S; S.exit(1)
