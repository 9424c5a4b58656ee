// v-labels on a table: every cell knows the heading of its column, so that on a phone each row can be shown as a small
// card (office.css). Roles keep it a table for who listens to it.
import type { Directive } from 'vue'

function label(table: HTMLTableElement): void {
  table.classList.add('labelled')
  table.setAttribute('role', 'table')
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])]
  heads.forEach((head) => head.setAttribute('role', 'columnheader'))
  table.tHead?.setAttribute('role', 'rowgroup')
  table.tHead?.rows[0]?.setAttribute('role', 'row')
  for (const body of table.tBodies) {
    body.setAttribute('role', 'rowgroup')
    for (const row of body.rows) {
      row.setAttribute('role', 'row')
      ;[...row.cells].forEach((cell, i) => {
        cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell')
        const head = heads[i]
        const text = head?.querySelector('.sr-only') ? '' : (head?.textContent?.trim() ?? '')
        if (cell.dataset.label !== text) cell.dataset.label = text
      })
    }
  }
}
export const vLabels: Directive<HTMLTableElement> = { mounted: label, updated: label }

declare module 'vue' {
  interface GlobalDirectives {
    vLabels: typeof vLabels
  }
}
