import { expect, it } from 'vitest'
import { mayOpenOutside } from './external-links.ts'

it.each([
  'https://example.com/docs',
  'mailto:someone@example.com',
  'http://127.0.0.1:8080/docs',
  'http://localhost:8000/redoc',
  'http://[::1]:8000/docs',
])('hands %s to the system', (url) => {
  expect(mayOpenOutside(url)).toBe(true)
})

it.each([
  'http://example.com/',
  'http://127.0.0.1.example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ms-msdt:/id',
  'smb://host/share',
  ' ',
  'https//example.com',
])('keeps %s from the system', (url) => {
  expect(mayOpenOutside(url)).toBe(false)
})
