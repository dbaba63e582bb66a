"""Owner Time's way of the data: files → extract → transform → store → marts. Nothing in here knows Streamlit."""
