"""What reviewers of a change and data owners get to read: summaries, previews, reminders."""
