"""Answers about a written plan by counterfactuals: what would another week cost, and what does it take to be possible.

Every answer is a plan that was found by solving again and judged by the rules' own witnesses.
"""
