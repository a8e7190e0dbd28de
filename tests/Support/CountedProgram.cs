using System.Runtime.Loader;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Tempo.PostRender.Cli;

namespace Tempo.Helm.Tests.Support;

/// <summary>What a run costs, in numbers that do not depend on the machine or on what else it does.</summary>
/// <param name="Result">The result.</param>
/// <param name="Steps">Calls of the program's methods, and turns of its loops.</param>
/// <param name="Bytes">Bytes that were allocated.</param>
internal sealed record Work(RunResult Result, long Steps, long Bytes);

/// <summary>The program, compiled as it is, with a call of <see cref="Support.Steps.Add"/> in each method and each loop.</summary>
internal static class CountedProgram
{
    private static readonly Lazy<System.Reflection.Assembly> Counted = new(static () =>
    {
        using var rewritten = new MemoryStream(Rewrite(typeof(App).Assembly.Location));
        return new AssemblyLoadContext(nameof(CountedProgram)).LoadFromStream(rewritten);
    });

    /// <summary>Runs it to its end on the current thread.</summary>
    public static Work Run(byte[] input, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var io = Create(typeof(IoContext));
        Set(io, nameof(IoContext.Input), new MemoryStream(input));
        Set(io, nameof(IoContext.Output), output);
        Set(io, nameof(IoContext.Error), error);
        var app = Create(typeof(App), io);
        var run = app.GetType().GetMethod(nameof(App.RunAsync))!;
        var (steps, bytes) = (Steps.Count, GC.GetAllocatedBytesForCurrentThread());

        var task = (Task<int>)run.Invoke(app, [arguments, CancellationToken.None])!;

        (steps, bytes) = (Steps.Count - steps, GC.GetAllocatedBytesForCurrentThread() - bytes);
        Assert.True(task.IsCompletedSuccessfully, "the program left the thread whose work is counted");
        var written = output.ToArray();
        var result = new RunResult(task.Result, Encoding.UTF8.GetString(written), error.ToString()) { OutputBytes = written };
        return new Work(result, steps, bytes);
    }

    private static object Create(Type type, params object[] arguments) =>
        Activator.CreateInstance(Counted.Value.GetType(type.FullName!, throwOnError: true)!, arguments)!;

    private static void Set(object target, string property, object value) =>
        target.GetType().GetProperty(property)!.SetValue(target, value);

    private static byte[] Rewrite(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var count = assembly.MainModule.ImportReference(typeof(Steps).GetMethod(nameof(Steps.Add)));
        var methods = assembly.MainModule.GetTypes().SelectMany(static type => type.Methods);
        foreach (var body in methods.Where(static method => method.HasBody).Select(static method => method.Body))
        {
            body.SimplifyMacros();
            foreach (var place in Places(body).ToList())
            {
                CountAt(place, body, count);
            }

            body.OptimizeMacros();
        }

        using var rewritten = new MemoryStream();
        assembly.Write(rewritten);
        return rewritten.ToArray();
    }

    /// <summary>The first instruction of a method, and those that a loop comes back to.</summary>
    private static IEnumerable<Instruction> Places(MethodBody body) =>
        body
            .Instructions.SelectMany(static instruction =>
                (
                    instruction.Operand switch
                    {
                        Instruction target => [target],
                        Instruction[] targets => targets,
                        _ => [],
                    }
                ).Where(target => target.Offset <= instruction.Offset)
            )
            .Prepend(body.Instructions[0])
            .Distinct();

    /// <summary>The instruction becomes the call, and a copy of it follows, so that every jump to it is counted.</summary>
    private static void CountAt(Instruction place, MethodBody body, MethodReference count)
    {
        var copy = Instruction.Create(OpCodes.Nop);
        (copy.OpCode, copy.Operand) = (place.OpCode, place.Operand);
        (place.OpCode, place.Operand) = (OpCodes.Call, count);
        body.Instructions.Insert(body.Instructions.IndexOf(place) + 1, copy);
    }
}
