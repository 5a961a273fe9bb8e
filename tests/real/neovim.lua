-- A session in Neovim without a screen, through Neovim's own client.
-- GRID is the command, PLAN the folder, SEEN the file for what was seen, as JSON.
local seen = {}
local plan = os.getenv("PLAN")

local function buffer(name)
  vim.cmd("edit " .. plan .. "/" .. name)
  return vim.api.nvim_get_current_buf()
end

local messages = buffer("messages.grid")
local client = vim.lsp.start_client({ name = "gridlang", cmd = { os.getenv("GRID"), "lsp" }, root_dir = plan })
vim.lsp.buf_attach_client(messages, client)
local campaigns = buffer("campaigns.grid")
vim.lsp.buf_attach_client(campaigns, client)

local function wait(fits)
  return vim.wait(15000, fits, 20)
end

local function errors(number)
  return vim.diagnostic.get(number, { severity = vim.diagnostic.severity.ERROR })
end

local function ask(number, method, params)
  local answers = vim.lsp.buf_request_sync(number, method, params, 15000)
  local answer = answers and answers[client]
  return answer and answer.result, answer and (answer.err or answer.error)
end

local function put(number, line, text)
  vim.api.nvim_buf_set_lines(number, line, line + 1, false, { text })
end

local function find(number, word)
  for line, text in ipairs(vim.api.nvim_buf_get_lines(number, 0, -1, false)) do
    local at = string.find(text, word, 1, true)
    if at then
      return line - 1, at - 1, text
    end
  end
end

local function at(number, word, inside)
  local line, byte, text = find(number, word)
  local _, units = vim.str_utfindex(text, byte + (inside or 0))
  return { textDocument = { uri = vim.uri_from_bufnr(number) }, position = { line = line, character = units } }
end

vim.wait(15000, function() return vim.lsp.get_client_by_id(client).initialized end, 20)
seen.sound = wait(function() return #errors(campaigns) == 0 end)

-- A name is mistyped in one file: the other file, which uses it, is told at once.
local line, _, text = find(messages, "message safety_report")
put(messages, line, (text:gsub("safety_report", "safety_raport")))
seen.broken = wait(function() return #errors(campaigns) > 0 end)
seen.finding = seen.broken and errors(campaigns)[1].code
put(messages, line, text)
seen.mended = wait(function() return #errors(campaigns) == 0 end)

local hover = ask(campaigns, "textDocument/hover", at(campaigns, "close_the_sale", 2))
seen.hover = hover and hover.contents.value

local definition = ask(campaigns, "textDocument/definition", at(campaigns, "safety_report", 2))
seen.definition = definition and vim.fn.fnamemodify(vim.uri_to_fname((definition[1] or definition).uri), ":t")

-- Danish letters stand before and in the names: Neovim counts in bytes, the protocol in UTF-16.
local rename = at(messages, "offer_papers", 2)
rename.newName = "papirer_på_bordet"
local edit = ask(messages, "textDocument/rename", rename)
if edit then
  vim.lsp.util.apply_workspace_edit(edit, vim.lsp.get_client_by_id(client).offset_encoding)
end
seen.renamed = wait(function() return find(campaigns, "papirer_på_bordet") ~= nil end)
seen.sound_after = wait(function() return #errors(campaigns) == 0 and #errors(messages) == 0 end)

local _, refused = ask(messages, "textDocument/rename", vim.tbl_extend("force", rename, { newName = "send" }))
seen.refused = refused and refused.message

local offers = ask(campaigns, "textDocument/completion", at(campaigns, "sales_desk", 0))
seen.offers = offers and vim.tbl_map(function(item) return item.label end, offers.items)

local preview = ask(campaigns, "gridlang/preview", at(campaigns, "follow_up: wait", 0))
seen.step = preview and preview.step

vim.lsp.stop_client(client)
local file = io.open(os.getenv("SEEN"), "w")
file:write(vim.json.encode(seen))
file:close()
vim.cmd("qall!")
