// expect: 'System.exit' is not available to pipelines
import static java.lang.System.exit; exit(1)
