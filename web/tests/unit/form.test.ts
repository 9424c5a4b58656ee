import { expect, test } from 'vitest'
import { formatMistake } from '@/office/form/formats'
import { mistakes, requiredOf, type ObjectSchema } from '@/office/form/schema'

test('telephone numbers are told apart as the server does', () => {
  for (const good of ['13012345678', '+86 13012345678', '0411-12345678', '0411-12345678-123', '12345', '95588', '4001234567', '110']) expect(formatMistake('phone', good), good).toBeNull()
  for (const bad of ['1301234', '23012345678', '88888888', '-0411-12345678', '0411 12345678', '1234']) expect(formatMistake('phone', bad), bad).not.toBeNull()
})

test('codes with a check character are checked', () => {
  expect(formatMistake('uscc', '91210202MA0DEM013F')).toBeNull()
  expect(formatMistake('uscc', '91210202MA0DEM013G')).not.toBeNull()
  expect(formatMistake('resident-id', '11010519491231002X')).toBeNull()
  expect(formatMistake('resident-id', '110105194912310021')).not.toBeNull()
  expect(formatMistake('resident-id', '11010519490231002X')).not.toBeNull()
})

test('addresses and regions', () => {
  expect(formatMistake('email', 'name@example.com')).toBeNull()
  for (const bad of ['name@example', '@example.com', 'a@b..com', 'a b@example.com']) expect(formatMistake('email', bad), bad).not.toBeNull()
  expect(formatMistake('region', '210200-gaoxin')).toBeNull()
  expect(formatMistake('region', '2102')).not.toBeNull()
})

test('one or the other has to be filled in', () => {
  const schema: ObjectSchema = { required: ['summary'], properties: { summary: { type: 'string' }, evidence: { type: 'array', items: { type: 'string' } }, photos: { type: 'array', items: { type: 'string', format: 'attachment' } } }, allOf: [{ if: { required: ['photos'] }, else: { required: ['evidence'] } }] }
  expect([...requiredOf(schema, {})]).toEqual(['summary', 'evidence'])
  expect(Object.keys(mistakes(schema, { summary: '好' }))).toEqual(['/evidence'])
  expect(mistakes(schema, { summary: '好', photos: ['x'] })).toEqual({})
  expect(mistakes(schema, { summary: '好', evidence: ['文号'] })).toEqual({})
})
