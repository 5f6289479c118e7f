const markdown = require("markdown-it")();

module.exports = (config) => {
  config.addFilter("prose", (text) => markdown.render(text));
  config.addPassthroughCopy("assets");
  return { dir: { output: "public" } };
};
