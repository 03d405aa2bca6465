// What the command ends with, for scripts and CI.
export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The command did its work, and found what it looks for. */
export const FOUND = 3;

export const EXIT_CODES_HELP = `
Exit codes:
  0  fine
  1  failed: the reason is on stderr
  2  wrong usage
  3  \`unmanaged\`: somebody is; \`doctor\`: a check failed or could not be made

The org is the environment's: DD_API_KEY, DD_APP_KEY, and DD_SITE or DD_HOST.`;
