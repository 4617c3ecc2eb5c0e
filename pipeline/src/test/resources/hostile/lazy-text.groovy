// expect: 'System.getenv' is not available to pipelines
def t = "${-> System.getenv()}"; try { echo t } catch (e) { }
