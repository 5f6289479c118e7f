"""What reviewers of a change see, and what data owners are asked to reconfirm: summaries, previews, reminders."""
