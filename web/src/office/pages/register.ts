// What all pages of a register need: its declaration and how its values read.
import { api, ask, type Schemas } from '@/shared/api'
import type { Property } from '../form/schema'
import { useLoad } from '../ui/load'

export type RegisterView = Schemas['RegisterView']
export interface RegisterSchema {
  title?: string
  required?: string[]
  properties: Record<string, Property>
}
export const schemaOf = (register: RegisterView | null | undefined): RegisterSchema => (register?.schema as RegisterSchema | undefined) ?? { properties: {} }
export const useRegister = (name: () => string) => useLoad(() => ask(api.GET('/registers/{name}', { params: { path: { name: name() } } })), name)
export const bodyOf = (body: unknown): Record<string, unknown> => (body && typeof body === 'object' ? (body as Record<string, unknown>) : {})

export const statuses: Schemas['registry.ProposalStatus'][] = ['proposed', 'approved', 'published', 'rejected', 'withdrawn']
