/** What systems know the app by: the installers register it, notifications on Windows are shown under it. */
export const APP_ID = 'com.penstock.desktop'
