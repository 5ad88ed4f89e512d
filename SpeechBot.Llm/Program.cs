using SpeechBot.Llm.Replies;
using SpeechBot.ServiceDefaults.Docs;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.ServiceDefaults.Security;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddApiKeys();
builder.AddApiDocs("SpeechBot brain", "Thinks: writes the next message of a conversation: OpenAI's chat completions over llama.cpp.");
builder.AddReplies();

var app = builder.Build();

app.UseLoopbackGuard();
app.UseOpenAiErrors();
app.UseApiKeys();

app.MapDefaultEndpoints();
app.MapApiDocs();
app.MapReplyApi();

app.Run();
