"""What a member is told: notifications the platform makes."""
