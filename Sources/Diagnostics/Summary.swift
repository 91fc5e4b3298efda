/// What a lint looked at, and how much it found.
package struct Summary: Hashable, Sendable {
  /// Objects that every enabled rule could look at.
  package var checked: Int
  /// Objects in the input.
  package var objects: Int
  /// Objects that could not be checked: no schema, unreadable.
  package var skipped: Int
  /// Checks that could not be decided, because something is not in the input.
  package var undecided: Int

  package init(checked: Int = 0, objects: Int = 0, skipped: Int = 0, undecided: Int = 0) {
    self.checked = checked
    self.objects = objects
    self.skipped = skipped
    self.undecided = undecided
  }
}
