#include "compiler/emit/target.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <mutex>

#include "compiler/emit/kernels.h"
#include "compiler/emit/machines.h"
#include "compiler/emit/targets.h"

namespace tocsin::emit {
namespace {

// Fixed, so that every machine makes the same bytes.
constexpr const char* kTriple = "x86_64-pc-linux-gnu";

void InitializeLlvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
  });
}

const char* Processor(native::Level level) {
  switch (level) {
    case native::Level::kBaseline:
      return "x86-64";
    case native::Level::kAvx2:
      return "x86-64-v3";
    case native::Level::kAvx512:
      return "x86-64-v4";
  }
  return "x86-64";
}

void AddLabel(llvm::Module& module, const native::EmitRequest& request) {
  const std::uint64_t words[] = {ir::kFrameVersion, static_cast<std::uint64_t>(request.level),
                                 request.program->shapes.size(), request.program->machines.size(),
                                 request.fingerprint};
  static_assert(sizeof(words) == sizeof(native::CodeLabel));
  llvm::Constant* value = llvm::ConstantDataArray::get(module.getContext(), words);
  // The module owns it.
  new llvm::GlobalVariable(module, value->getType(), true, llvm::GlobalValue::ExternalLinkage,
                           value, native::kCodeLabelSymbol);
}

void AddCode(llvm::Module& module, const native::EmitRequest& request) {
  const bool wide = request.level == native::Level::kAvx512;
  const ir::Program& program = *request.program;
  for (std::size_t i = 0; i < program.shapes.size(); ++i) {
    AddKernel(module, i, program.shapes[i], wide);
  }
  AddMachines(module, program.machines);
  AddLabel(module, request);
}

bool Generate(llvm::Module& module, llvm::TargetMachine& machine, native::Artifact artifact,
              std::string& bytes, std::string& error) {
  llvm::SmallVector<char, 0> buffer;
  llvm::raw_svector_ostream stream(buffer);
  llvm::legacy::PassManager passes;
  const auto type = artifact == native::Artifact::kObject ? llvm::CodeGenFileType::ObjectFile
                                                          : llvm::CodeGenFileType::AssemblyFile;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, type)) {
    error = "LLVM cannot write this kind of file";
    return false;
  }
  passes.run(module);
  bytes.append(buffer.begin(), buffer.end());
  return true;
}

}  // namespace

llvm::orc::JITTargetMachineBuilder TargetBuilder(native::Level level) {
  InitializeLlvm();
  llvm::orc::JITTargetMachineBuilder builder{llvm::Triple(kTriple)};
  builder.setCPU(Processor(level))
      .setRelocationModel(llvm::Reloc::PIC_)
      .setCodeModel(llvm::CodeModel::Small)
      .setCodeGenOptLevel(llvm::CodeGenOptLevel::None);
  builder.getOptions().AllowFPOpFusion = llvm::FPOpFusion::Strict;
  return builder;
}

bool EmitArtifact(const native::EmitRequest& request, native::Artifact artifact, std::string& bytes,
                  std::string& error) {
  auto machine = TargetBuilder(request.level).createTargetMachine();
  if (!machine) {
    error = "LLVM cannot make code for this target: " + llvm::toString(machine.takeError());
    return false;
  }
  llvm::LLVMContext context;
  llvm::Module module("tocsin", context);
  module.setTargetTriple(kTriple);
  module.setDataLayout((*machine)->createDataLayout());
  AddCode(module, request);
  llvm::raw_string_ostream problems(error);
  if (llvm::verifyModule(module, &problems)) return false;
  if (artifact == native::Artifact::kLlvm) {
    llvm::raw_string_ostream stream(bytes);
    module.print(stream, nullptr);
    return true;
  }
  return Generate(module, **machine, artifact, bytes, error);
}

}  // namespace tocsin::emit
