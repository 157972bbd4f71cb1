"""Read the documents of multilateral bodies in Chinese and extract dates, meetings, documents and action-plan rows."""
