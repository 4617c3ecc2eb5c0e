def call() {
  return 'known without asking'
}
