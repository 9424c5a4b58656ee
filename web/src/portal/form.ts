// Which fields of a pack's form a resident is asked, and how.
import { widgetOf, type FormFile, type Property } from '@/office/form/schema'

export interface Asked {
  name: string
  property: Property
  required: boolean
}
export interface AskedSection {
  title: FormFile['sections'][number]['title']
  fields: Asked[]
}

/** Said by where it was written, not by who writes it: this is the web. */
export const channelOf = (form: FormFile): Record<string, unknown> => (form.schema.properties.channel?.enum?.includes('web') ? { channel: 'web' } : {})

const belongsToOffice = (name: string, property: Property) =>
  ['channel', 'from_number'].includes(name) || property['x-source'] === 'caller/party' || !!property['x-source']?.startsWith('lookup/')
/** Entries of a register are chosen from a list; only that of the areas is short enough for a phone. */
const canBeDrawn = (property: Property) => !property.register || property.register === 'regions'

export const hasPosition = (form: FormFile): boolean => !!form.schema.properties.longitude && !!form.schema.properties.latitude

export function askedOf(form: FormFile): AskedSection[] {
  const position = hasPosition(form) ? ['longitude', 'latitude'] : []
  return form.sections
    .map((section) => ({
      title: section.title,
      fields: section.fields
        .map((name) => ({ name, property: form.schema.properties[name] ?? {}, required: form.schema.required?.includes(name) ?? false }))
        .filter(({ name, property, required }) => !belongsToOffice(name, property) && !position.includes(name) && (required || canBeDrawn(property)) && (required || !['list', 'table', 'group'].includes(widgetOf(property)))),
    }))
    .filter((section) => section.fields.length)
}
