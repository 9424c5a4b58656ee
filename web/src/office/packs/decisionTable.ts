// A decision table of a DMN file as a grid: read from the XML and written back into the same document, so that
// everything that the grid does not show stays as it was.

export interface Column {
  id: string
  /** Expression of an input, name of an output. */
  text: string
  type: string
}
export interface Rule {
  id: string
  inputs: string[]
  outputs: string[]
  note: string
}
export interface Table {
  decision: string
  name: string
  hitPolicy: string
  inputs: Column[]
  outputs: Column[]
  rules: Rule[]
}
export const hitPolicies = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT']

const children = (element: Element, name: string) => [...element.children].filter((child) => child.localName === name)
const child = (element: Element | undefined, name: string) => (element ? children(element, name)[0] : undefined)
const textOf = (element: Element | undefined) => child(element, 'text')?.textContent?.trim() ?? ''

export function parse(xml: string): Document {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const wrong = document.getElementsByTagName('parsererror')[0]
  if (wrong) throw new Error(wrong.textContent ?? 'XML')
  return document
}

const tablesIn = (document: Document) => [...document.getElementsByTagName('*')].filter((element) => element.localName === 'decisionTable')

export function tablesOf(document: Document): Table[] {
  return tablesIn(document).map((element) => {
    const decision = element.parentElement!
    return {
      decision: decision.getAttribute('id') ?? '',
      name: decision.getAttribute('name') ?? '',
      hitPolicy: element.getAttribute('hitPolicy') ?? 'UNIQUE',
      inputs: children(element, 'input').map((input) => ({ id: input.getAttribute('id') ?? '', text: textOf(child(input, 'inputExpression')), type: child(input, 'inputExpression')?.getAttribute('typeRef') ?? '' })),
      outputs: children(element, 'output').map((output) => ({ id: output.getAttribute('id') ?? '', text: output.getAttribute('name') ?? output.getAttribute('label') ?? decision.getAttribute('name') ?? '', type: output.getAttribute('typeRef') ?? '' })),
      rules: children(element, 'rule').map((rule) => ({
        id: rule.getAttribute('id') ?? '',
        inputs: children(rule, 'inputEntry').map(textOf),
        outputs: children(rule, 'outputEntry').map(textOf),
        note: textOf(children(rule, 'annotationEntry')[0]),
      })),
    }
  })
}

/** Writes hit policy and rules of a table back; columns stay. */
export function write(document: Document, index: number, table: Table): string {
  const element = tablesIn(document)[index]
  if (!element) throw new Error('no table')
  element.setAttribute('hitPolicy', table.hitPolicy)
  const namespace = element.namespaceURI
  const make = (name: string, text: string, after?: Element) => {
    const entry = document.createElementNS(namespace, name)
    const inner = document.createElementNS(namespace, 'text')
    inner.textContent = text
    entry.append(inner)
    after?.append(entry)
    return entry
  }
  const old = children(element, 'rule')
  const anchor = document.createComment('')
  if (old[0]) element.insertBefore(anchor, old[0])
  else element.append(anchor)
  old.forEach((rule) => {
    if (rule.previousSibling?.nodeType === Node.TEXT_NODE) rule.previousSibling.remove()
    rule.remove()
  })
  for (const rule of table.rules) {
    const made = document.createElementNS(namespace, 'rule')
    made.setAttribute('id', rule.id)
    rule.inputs.forEach((text) => make('inputEntry', text, made))
    rule.outputs.forEach((text) => make('outputEntry', text, made))
    if (rule.note) make('annotationEntry', rule.note, made)
    element.insertBefore(document.createTextNode('\n      '), anchor)
    element.insertBefore(made, anchor)
  }
  anchor.remove()
  return new XMLSerializer().serializeToString(document)
}

export function newRule(table: Table): Rule {
  const used = new Set(table.rules.map((rule) => rule.id))
  let n = table.rules.length + 1
  while (used.has(`rule-${n}`)) n++
  return { id: `rule-${n}`, inputs: table.inputs.map(() => '-'), outputs: table.outputs.map(() => ''), note: '' }
}
