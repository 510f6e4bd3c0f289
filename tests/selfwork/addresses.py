"""The rows of `tests/test_every_address.py` that are about the private place."""

OF_SELF = """
GET  /self/                                                         302 200 200 200 200 200
GET  /self/meet/                                                    302 200 200 200 200 200
GET  /self/parts/{part}/                                            302 404 404 404 200 404
GET  /self/parts/{part}/edit/                                       302 404 404 404 200 404
POST /self/parts/{part}/aside/                                      302 404 404 404 303 404
GET  /self/parts/{part}/delete/                                     302 404 404 404 200 404
POST /self/parts/{part}/talk/                                       302 404 404 404 303 404
GET  /self/talks/{talk}/                                            302 404 404 404 200 404
POST /self/talks/{talk}/save/                                       302 404 404 404 303 404
POST /self/talks/{talk}/put-away/                                   302 404 404 404 303 404
POST /self/talks/{talk}/end/                                        302 404 404 404 303 404
GET  /self/talks/{talk}/delete/                                     302 404 404 404 200 404
GET  /self/turns/{turn}/delete/                                     302 404 404 404 200 404
GET  /self/meetings/                                                302 200 200 200 200 200
GET  /self/meetings/{session}/                                      302 404 404 404 303 404
GET  /self/noticed/{noticed}/                                       302 404 404 404 200 404
GET  /self/noticed/{noticed}/delete/                                302 404 404 404 200 404
GET  /self/carried/                                                 302 200 200 200 200 200
GET  /self/carried/new/                                             302 200 200 200 200 200
GET  /self/carried/{line}/take-back/                                302 404 404 404 200 404
GET  /self/yours/                                                   302 200 200 200 200 200
GET  /self/search/                                                  302 200 200 200 200 200
GET  /self/door/                                                    302 200 200 200 200 200
GET  /self/export/page/                                             302 200 200 200 200 200
GET  /self/export/                                                  302 200 200 200 200 200
GET  /self/forget/                                                  302 200 200 200 200 200
"""
