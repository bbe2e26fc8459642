"""The API `/api/v1/`: what programs ask, on the same functions the pages stand on.

gate → operations → answers      who calls, how often, with which parameters; what is asked; the one shape of answers
shapes · wanted · cursors        what is declared · what a request asks for · where a list goes on
document → documentation         the OpenAPI document, and the page made from it
"""
