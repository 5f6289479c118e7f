"""Taking in what people outside propose: forms of the code host out, issues in, a draft record or words why not."""
