import { type BrowserWindow, dialog } from 'electron'

/** The system's own question for a folder; null when it was given up. */
export async function chooseFolder(
  parent: BrowserWindow,
  words: { readonly title: string; readonly buttonLabel: string },
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
    ...words,
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}
