import { expect, test } from 'vitest'
import { asRefusal, errorsAt, refusalOf } from '@/shared/problem'

test('a problem document becomes a refusal with its causes by place', () => {
  const refusal = refusalOf(422, {
    title: '申报内容有误',
    code: 'form.invalid',
    instance: 'urn:jinyue:request:53cb6d7a',
    causes: [
      { code: 'form.required', title: '必填', where: '/answers/title' },
      { code: 'form.any', title: '其他', causes: [{ code: 'form.long', title: '太长', detail: '至多 100 字', where: '/answers/place' }] },
    ],
  })
  expect(refusal.message).toBe('申报内容有误')
  expect(refusal.request).toBe('53cb6d7a')
  expect(errorsAt(refusal, '/answers/title')).toEqual(['必填'])
  expect(errorsAt(refusal, '/answers/place')).toEqual(['太长：至多 100 字'])
})

test('an answer that is no problem document still says something', () => {
  expect(refusalOf(502, '<html>').message).toContain('502')
})

test('a request that did not get through is told from an error of the page', () => {
  expect(asRefusal(new TypeError('Failed to fetch')).unreachable).toBe(true)
  expect(asRefusal(new Error('x is not a function')).unreachable).toBe(false)
})
