import SourceText

/// The templates that a render can call, by name. Immutable once it is built, so that renders can share it.
package struct TemplateSet: Sendable {
  private var trees: [ByteString: TemplateTree] = [:]

  package init() {}

  /// Adds a file's templates, in Helm's order of files: of equal names the last that is not blank wins.
  package mutating func add(_ parsed: ParsedTemplate) {
    for tree in parsed.definitions { add(tree) }
    add(parsed.main)
  }

  private mutating func add(_ tree: TemplateTree) {
    if tree.isBlank, trees[tree.name] != nil { return }
    trees[tree.name] = tree
  }

  package subscript(name: ByteString) -> TemplateTree? { trees[name] }
  /// Every template's name, in bytewise order.
  package var names: [ByteString] { trees.keys.sorted() }
}

/// The templates visible at a moment of a render: the set's, and those that enclosing `tpl` texts define.
final class TemplateScope {
  let parent: TemplateScope?
  let set: TemplateSet
  private var own: [ByteString: TemplateTree] = [:]

  init(_ set: TemplateSet) {
    parent = nil
    self.set = set
  }

  /// The scope inside a `tpl` text, whose own template may be included by its name too.
  init(_ parent: TemplateScope, adding parsed: ParsedTemplate) {
    self.parent = parent
    set = parent.set
    for tree in parsed.definitions where !(tree.isBlank && parent[tree.name] != nil) { own[tree.name] = tree }
    if !parsed.main.isBlank || parent[parsed.main.name] == nil { own[parsed.main.name] = parsed.main }
  }

  subscript(name: ByteString) -> TemplateTree? {
    var scope: TemplateScope? = self
    while let current = scope {
      if !current.own.isEmpty, let tree = current.own[name] { return tree }
      scope = current.parent
    }
    return set[name]
  }
}
