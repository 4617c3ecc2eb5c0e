// expect: type 'URL' is not available to pipelines
('http://127.0.0.1/' as URL).text
