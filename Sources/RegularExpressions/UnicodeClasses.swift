/// Sets of scalars by the names that `\p{…}` takes.
enum UnicodeClasses {
  /// A set, and whether `(?i)` widens it.
  typealias Class = (set: ScalarSet, folds: Bool)

  /// The set of a category, an alias of one, a script, `Any`, `ASCII` or `Assigned`; nil for an unknown name.
  /// Case, spaces, underscores and hyphens do not count.
  static func named(_ name: some Sequence<UInt8>) -> Class? {
    let folded = fold(name)
    switch folded {
    case "any": return (.all, false)
    case "ascii": return (ScalarSet([ScalarRange(0, 127)]), false)
    case "assigned": return (categories { $0 != "Cn" }, false)
    default: break
    }
    let category = UnicodeData.categoryAliases[folded]?.lowercased() ?? folded
    switch category {
    case "lc": return (categories { $0 == "Lu" || $0 == "Ll" || $0 == "Lt" }, true)
    case "c", "l", "m", "n", "p", "s", "z":
      return (categories { $0.lowercased().hasPrefix(category) }, true)
    default: break
    }
    if UnicodeData.categories.contains(where: { $0.lowercased() == category }) {
      return (categories { $0.lowercased() == category }, true)
    }
    guard let script = UnicodeData.scripts.firstIndex(where: { fold($0.utf8) == folded }) else { return nil }
    return (runs(of: UnicodeData.scriptRuns, symbolWidth: 2) { $0 == script + 1 }, true)
  }

  /// The scalars whose general category is one of the wanted.
  static func categories(_ isWanted: (String) -> Bool) -> ScalarSet {
    let wanted = UnicodeData.categories.map(isWanted)
    return runs(of: UnicodeData.categoryRuns, symbolWidth: 1) { wanted[$0] }
  }

  private static func fold(_ name: some Sequence<UInt8>) -> String {
    let kept = name.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    return String(decoding: kept, as: UTF8.self).lowercased()
  }

  private static func runs(
    of data: StaticString, symbolWidth: Int, _ isWanted: (Int) -> Bool
  ) -> ScalarSet {
    data.withUTF8Buffer { bytes in
      var result: [ScalarRange] = []
      var start: UInt32 = 0
      var length: UInt32 = 0
      var position = 0
      while position + symbolWidth <= bytes.count {
        if let digit = digit(bytes[position]) {
          length = length * 32 + digit
          position += 1
          continue
        }
        let end = start + max(length, 1)
        if isWanted(symbol(bytes[position..<position + symbolWidth])) {
          result.append(ScalarRange(start, end - 1))
        }
        position += symbolWidth
        (start, length) = (end, 0)
      }
      return ScalarSet(result)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - 48)
    case UInt8(ascii: "a")...UInt8(ascii: "v"): UInt32(byte - 87)
    default: nil
    }
  }

  private static func symbol(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    bytes.reduce(0) { value, byte in
      value * 26 + (byte <= UInt8(ascii: "Z") ? Int(byte) - 65 : Int(byte) - 119 + 26)
    }
  }
}

/// Which characters are equal but for case (Unicode's simple case folding).
enum CaseFolding {
  /// Every character that has a sibling, with the next one of its orbit; sorted.
  private static let table: [(scalar: UInt32, next: UInt32)] = {
    var rows: [(scalar: UInt32, next: UInt32)] = []
    for run in stride(from: 0, to: UnicodeData.casePairs.count - 3, by: 4) {
      let row = UnicodeData.casePairs[run..<run + 4]
      for step in 0..<row[run + 1] {
        let scalar = row[run] + step * row[run + 2]
        rows.append((scalar, scalar + row[run + 3]))
        rows.append((scalar + row[run + 3], scalar))
      }
    }
    for orbit in UnicodeData.caseOrbits {
      for (index, scalar) in orbit.enumerated() { rows.append((scalar, orbit[(index + 1) % orbit.count])) }
    }
    return rows.sorted { $0.scalar < $1.scalar }
  }()

  private static func index(notBelow scalar: UInt32) -> Int {
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle].scalar < scalar { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// All characters equal to `scalar` but for case, itself among them.
  static func orbit(_ scalar: UInt32) -> ScalarSet {
    if scalar < 128, let quick = asciiOrbit(UInt8(scalar)) { return quick }
    return closed([ScalarRange(scalar, scalar)])
  }

  /// ASCII characters need no table, except the two that have siblings outside.
  private static func asciiOrbit(_ byte: UInt8) -> ScalarSet? {
    let letter = byte | 0x20
    guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") else {
      return ScalarSet([ScalarRange(UInt32(byte), UInt32(byte))])
    }
    if letter == UInt8(ascii: "k") || letter == UInt8(ascii: "s") { return nil }
    return ScalarSet([
      ScalarRange(UInt32(letter), UInt32(letter)), ScalarRange(UInt32(letter - 32), UInt32(letter - 32)),
    ])
  }

  /// The ranges together with the siblings of all their members.
  static func closed(_ ranges: [ScalarRange]) -> ScalarSet {
    var result = ranges
    for range in ranges where range.low < range.high || range.low >= 65 {
      var index = index(notBelow: range.low)
      while index < table.count, table[index].scalar <= range.high {
        let scalar = table[index].scalar
        var sibling = table[index].next
        while sibling != scalar {
          result.append(ScalarRange(sibling, sibling))
          sibling = table[self.index(notBelow: sibling)].next
        }
        index += 1
      }
    }
    return ScalarSet(result)
  }
}
