/// The tokens that have been scanned and not yet taken. Rarely holds more than a few.
struct TokenQueue: ~Copyable {
  private var storage: UnsafeMutablePointer<Token>
  private var capacity: Int
  private var head = 0
  private var end = 0
  /// How many tokens have been taken out so far.
  private(set) var taken = 0

  init() {
    capacity = 16
    storage = UnsafeMutablePointer<Token>.allocate(capacity: capacity)
  }

  deinit { storage.deallocate() }

  @inline(__always) var count: Int { end &- head }
  @inline(__always) var isEmpty: Bool { end == head }
  @inline(__always) var first: Token { storage[head] }

  @inline(__always)
  mutating func removeFirst() {
    head &+= 1
    taken &+= 1
    if head == end {
      head = 0
      end = 0
    }
  }

  @inline(__always)
  mutating func append(_ token: Token) {
    if end == capacity { makeRoom() }
    (storage + end).initialize(to: token)
    end &+= 1
  }

  /// Puts a token before the one with `number`, counted from the first token of the text; behind all others when
  /// that one has been taken.
  mutating func insert(_ token: Token, before number: Int) {
    guard number >= taken, number - taken < count else { return append(token) }
    if end == capacity { makeRoom() }
    let place = storage + head + (number - taken)
    (place + 1).update(from: place, count: storage + end - place)
    place.update(repeating: token, count: 1)
    end &+= 1
  }

  private mutating func makeRoom() {
    if head > 0 {
      storage.update(from: storage + head, count: count)
      end = count
      head = 0
      return
    }
    let larger = UnsafeMutablePointer<Token>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: end)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
