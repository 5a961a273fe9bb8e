// Which command serves this workspace: that of the settings, of the workspace's environment, of the one that is
// switched on, or the one on the PATH. Nothing here knows VS Code, so that it can be tested without it.
"use strict";

const path = require("node:path");

/**
 * @param {object} world
 * @param {string[]} world.configured  the setting `gridlang.command`
 * @param {string[]} world.folders     the folders of the workspace
 * @param {boolean} world.trusted      whether the user trusts the workspace; if not, nothing of it is executed
 * @param {Record<string, string | undefined>} world.environment
 * @param {string} world.platform      as process.platform
 * @param {(path: string) => boolean} world.exists
 * @returns {string[]} the command and its first arguments
 */
function command({ configured, folders, trusted, environment, platform, exists }) {
  if (configured.length > 0) return configured;
  const program = platform === "win32" ? ["Scripts", "grid.exe"] : ["bin", "grid"];
  const environments = trusted ? folders.flatMap((folder) => [".venv", "venv"].map((name) => path.join(folder, name))) : [];
  if (environment.VIRTUAL_ENV) environments.push(environment.VIRTUAL_ENV);
  const found = environments.map((place) => path.join(place, ...program)).find(exists);
  return [found ?? "grid"];
}

module.exports = { command };
