// expect: ?
('http://127.0.0.1/' as URL).text
